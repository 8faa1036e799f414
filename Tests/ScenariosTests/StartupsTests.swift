import FoundationEssentials
import ServingModel
import ServingSim
import ServingTestSupport
import Testing
import TextAndBytes

@testable import Scenarios

/// What real servers printed when they started, held against plans of the same settings. The table
/// of VALIDATION.md: `KAVIER_STARTUPS=1 swift test --filter StartupsTests`; a path in place of the 1 is
/// another file with the same columns.
struct StartupsTests {
  private static let file = {
    let stated = ProcessInfo.processInfo.environment["KAVIER_STARTUPS"] ?? ""
    return stated.contains("/") ? stated : SharedData.path("startups/startups.csv")
  }()

  private static let isPresent = FileManager.default.fileExists(atPath: file)

  private static func startups() throws -> [Startup] {
    let table = try CSVTable.read(path: file, kind: "start-ups", required: ["id"])
    return table.rows.map { row in
      Startup(Dictionary(zip(table.columns, row.cells)) { first, _ in first })
    }
  }

  @Test(.enabled(if: isPresent, Comment(rawValue: SharedData.absence)))
  func `plans have the weights and the KV cache that servers printed`() throws {
    let planned = try Self.startups().map { ($0, $0.planned) }
    if ProcessInfo.processInfo.environment["KAVIER_STARTUPS"] != nil {
      print(StartupTable.text(planned))
    }
    for (startup, ours) in planned {
      #expect(ours.weights != nil, "\(startup.id): \(ours.reason)")
    }
    let weights = planned.compactMap { Startup.error($1.weights, $0.weights) }.map { abs($0) }
    #expect(weights.count >= 10 && (weights.max() ?? 1) < 0.016)
    // Rows whose settings are all known.
    let known = planned.filter { $0.0.isKnown }
    let tokens = known.compactMap { Startup.error($1.kvTokens, $0.tokens) }.map { abs($0) }.sorted()
    #expect(tokens.count >= 6 && tokens[tokens.count / 2] < 0.05)
    // The worst fault: a start that is promised and fails.
    for (startup, ours) in planned where !startup.starts {
      #expect(ours.starts == false, "\(startup.id)")
    }
  }
}

/// One row.
private struct Startup {
  let row: [String: String]

  init(_ row: [String: String]) { self.row = row }

  subscript(name: String) -> String { row[name] ?? "" }

  var id: String { self["id"] }
  var weights: Double? { Double(self["weights_gib"]) }
  var kvCache: Double? { Double(self["kv_gib"]) }
  var tokens: Double? { Double(self["kv_tokens"]) }
  var starts: Bool { self["starts"] != "0" }
  /// Whether no setting that matters is missing.
  var isKnown: Bool {
    !["assumed", "only", "inferred", "not named"].contains { self["note"].contains($0) }
  }

  static func error(_ ours: Double?, _ theirs: Double?) -> Double? {
    guard let ours, let theirs, theirs > 0 else { return nil }
    return ours / theirs - 1
  }

  /// Cards that only their memory is known of.
  private var accelerator: String {
    let name = self["accelerator"]
    if Accelerators.named(name) != nil { return name }
    if name.contains("(tp") || name.contains("80 GB") { return "h100-sxm" }
    if name.contains("6000 Ada") { return "rtx-6000-ada" }
    let memory = ["15.9 GiB": "15.9 GiB", "31.8": "31.8 GiB", "24 GB": "23.8 GiB"]
      .first { name.contains($0.key) }?.value
    return "{memory: \(memory ?? "80 GiB"), memory_bandwidth: 1 TB/s, bf16: 100 TFLOP/s}"
  }

  private var model: String {
    self["model"].hasPrefix("32B of Qwen2.5") ? "qwen2.5-32b" : self["model"]
  }

  /// What a plan says, and where it is refused what the refusal says.
  var planned: StartupPlan {
    let names = [
      "kv_cache_dtype", "gpu_memory_utilization", "max_model_len", "max_num_seqs",
      "max_num_batched_tokens", "quantization",
    ]
    var options = names.compactMap { self[$0].isEmpty ? nil : (name: $0, value: self[$0]) }
    options.append((name: "tensor_parallel_size", value: self["tp"].isEmpty ? "1" : self["tp"]))
    let version = self["engine_version"] == "V0" ? "0.6.0" : self["engine_version"]
    if !version.isEmpty { options.append((name: "version", value: "\"\(version)\"")) }
    if self["enforce_eager"] == "1" { options.append((name: "enforce_eager", value: "true")) }
    return StartupPlan(model: model, accelerator: accelerator, options: options, folder: "")
  }
}

private enum StartupTable {
  static func text(_ rows: [(Startup, StartupPlan)]) -> String {
    let header = """
      | case | model | weights GiB | printed | KV GiB | printed | KV tokens | printed | starts | did |
      |---|---|---:|---:|---:|---:|---:|---:|---|---|

      """
    return header
      + rows.map { startup, ours in
        let cells = [
          startup.id, startup["model"], text(ours.weights), startup["weights_gib"],
          text(ours.kvCache), startup["kv_gib"], ours.kvTokens.map { "\(Int($0))" } ?? "",
          startup["kv_tokens"], ours.starts == true ? "yes" : "no", startup.starts ? "yes" : "no",
        ]
        return "| \(cells.joined(separator: " | ")) |"
      }.joined(separator: "\n")
  }

  private static func text(_ number: Double?) -> String {
    number.map { "\(($0 * 100).rounded() / 100)" } ?? ""
  }
}
