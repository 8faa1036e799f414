package import TextAndBytes

/// What a server said when it started: weights and KV cache, or that it refused.
package struct MeasuredStartup: Sendable {
  /// `startups.csv:7`.
  package var place: String
  package var id: String
  package var model: String
  package var accelerator: String
  package var tensorParallelSize: Int
  package var engineVersion: String
  /// Options of vLLM that the row states, by their names.
  package var options: [(name: String, value: String)]
  /// GiB an accelerator, and tokens; nil where it said nothing of it.
  package var weights: Double?
  package var kvCache: Double?
  package var kvTokens: Double?
  /// nil: not said.
  package var starts: Bool?
}

/// Files of start-ups: one row a start.
package struct StartupFile: Sendable {
  package private(set) var startups: [MeasuredStartup] = []
  package private(set) var problems = FileProblems()

  package static let figures = ["weights_gib", "kv_gib", "kv_tokens", "starts"]
  private static let required = ["model", "accelerator"]
  private static let options = [
    "quantization", "kv_cache_dtype", "gpu_memory_utilization", "max_model_len", "max_num_seqs",
    "max_num_batched_tokens", "enforce_eager", "block_size", "pipeline_parallel_size", "dtype",
  ]

  /// Whether the file at `path` is one, by its columns.
  package static func isAt(_ path: String) -> Bool {
    guard path.hasSuffix(".csv") || path.hasSuffix(".csv.gz"), !Folder.isDirectory(path),
      let columns = try? CSVTable.header(of: path)
    else { return false }
    return required.allSatisfy(columns.contains) && !columns.contains("metric")
      && figures.contains(where: columns.contains)
  }

  package init(path: String) throws(FileProblems) {
    let table = try CSVTable.read(path: path, kind: "start-ups", required: Self.required)
    problems.add(table.problems)
    for row in table.rows {
      var reader = StartupRow(
        file: path, line: row.line,
        cells: Dictionary(zip(table.columns, row.cells)) { first, _ in first })
      let startup = reader.startup(options: Self.options)
      if reader.problems.isEmpty { startups.append(startup) }
      problems.add(reader.problems)
    }
  }
}

/// A row as it is read.
private struct StartupRow {
  let file: String
  let line: Int
  let cells: [String: String]
  var problems = FileProblems()

  private func cell(_ name: String) -> String {
    let text = cells[name] ?? ""
    return ["nan", "NA", "None", "-"].contains(text) ? "" : text
  }

  private mutating func problem(_ column: String, _ found: String, _ allowed: String) {
    problems.add(
      FileProblem(
        file: file, line: line,
        message: "\(column): found \(found.debugDescription); allowed are \(allowed)"))
  }

  private mutating func number(_ column: String, from least: Double) -> Double? {
    let text = cell(column)
    guard !text.isEmpty else { return nil }
    if let number = Double(text), (least...1e15).contains(number) { return number }
    problem(column, text, least < 0 ? "numbers" : "numbers from 0 on")
    return nil
  }

  private mutating func flag(_ column: String) -> Bool? {
    switch cell(column).lowercased() {
    case "": return nil
    case "1", "1.0", "true", "yes": return true
    case "0", "0.0", "false", "no": return false
    default:
      problem(column, cell(column), "1 and 0")
      return nil
    }
  }

  private mutating func degree(_ columns: String...) -> Int {
    guard let column = columns.first(where: { !cell($0).isEmpty }) else { return 1 }
    if let number = Double(cell(column)), let degree = Int(exactly: number),
      (1...1024).contains(degree)
    {
      return degree
    }
    problem(column, cell(column), "whole numbers from 1 to 1024")
    return 1
  }

  mutating func startup(options: [String]) -> MeasuredStartup {
    for column in ["model", "accelerator"] where cell(column).isEmpty {
      problem(column, "", "a name")
    }
    let isEager = flag("enforce_eager")
    var stated = options.filter { $0 != "enforce_eager" }.map { (name: $0, value: cell($0)) }
      .filter { !$0.value.isEmpty }
    if let isEager { stated.append((name: "enforce_eager", value: "\(isEager)")) }
    let version = cell("engine_version")
    return MeasuredStartup(
      place: "\(file):\(line)", id: cell("id").isEmpty ? "\(line)" : cell("id"),
      model: cell("model"), accelerator: cell("accelerator"),
      tensorParallelSize: degree("tp", "tensor_parallel_size"),
      // The engine before V1.
      engineVersion: version == "V0" ? "0.6.0" : version, options: stated,
      weights: number("weights_gib", from: 0), kvCache: number("kv_gib", from: -1e6),
      kvTokens: number("kv_tokens", from: 0), starts: flag("starts"))
  }
}
