package import TextAndBytes
import TraceArchive

/// The results of load generators: what each says of its runs as a whole.
package struct LoadResults: Sendable {
  package private(set) var runs: [LoadResult] = []
  /// What is wrong with other runs of the file.
  package private(set) var problems = FileProblems()

  /// Reads the file at `path`; nil: it is none that sums up runs.
  package init?(path: String) throws(FileProblems) {
    guard Folder.exists(path), !Folder.isDirectory(path) else { return nil }
    do throws(FileProblem) {
      if let table = try SummaryTable(path: path) {
        add { NVIDIAResult.read(table.json, table.fields, path: path) }
        return
      }
      guard let kind = try Kind(path: path) else { return nil }
      let documents = try JSON.documents(path)
      for (index, document) in documents.enumerated() {
        // As the readers of requests call them.
        let run = index == 0 ? "" : "run \(index)"
        let fields = ResultFields(file: path, line: document.line, run: run)
        switch kind {
        case .servingBench: add { ServingBenchResult.read(document.value, fields) }
        case .guideLLM: addGuideLLM(document.value, path, document.line)
        case .nvidia: add { NVIDIAResult.read(document.value, fields, path: path) }
        }
      }
    } catch {
      throw FileProblems(error)
    }
  }

  /// Of a directory the results in it, in the order of their names: what generators write beside them
  /// is none. A table counts only where there is nothing else, since it says the same. A file, and a
  /// directory without results, is itself.
  package static func files(at path: String) throws(FileProblems) -> [String] {
    guard Folder.isDirectory(path) else { return [path] }
    var results: [String] = []
    var tables: [String] = []
    for file in try Folder.contents(of: path) {
      let name = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
      let isTable = name.hasSuffix(".csv")
      guard isTable || name.hasSuffix(".json") || name.hasSuffix(".jsonl"),
        try LoadResults(path: file) != nil
      else { continue }
      if isTable { tables.append(file) } else { results.append(file) }
    }
    let found = results.isEmpty ? tables : results
    return found.isEmpty ? [path] : found
  }

  private mutating func addGuideLLM(_ document: JSON, _ path: String, _ line: Int) {
    let benchmarks = document["benchmarks"]?.array ?? []
    if benchmarks.isEmpty {
      problems.add(FileProblem(file: path, line: line, message: "benchmarks: the list is empty"))
    }
    for (index, benchmark) in benchmarks.enumerated() {
      let run = benchmarks.count == 1 ? "" : "benchmark \(index)"
      add {
        GuideLLMResult.read(
          benchmark, ResultFields(file: path, line: line, run: run), of: document)
      }
    }
  }

  private mutating func add(_ read: () -> (LoadResult?, [FileProblem])) {
    let (result, found) = read()
    for problem in found { problems.add(problem) }
    guard found.isEmpty, var result else { return }
    result.sortFigures()
    runs.append(result)
  }

  /// What the generators have in common, told by the keys of the first object.
  private enum Kind {
    case servingBench
    case guideLLM
    case nvidia

    init?(path: String) throws(FileProblem) {
      guard let outline = try JSONOutline(path: path), outline.isObject else { return nil }
      let keys = Set(outline.paths.map { $0.prefix { $0 != "." } })
      if keys.contains("total_input_tokens"), keys.contains("total_output_tokens"),
        keys.contains("backend")
      {
        self = .servingBench
      } else if keys.contains("benchmarks")
        || outline.lists.contains(where: { $0.list.path == "benchmarks" })
      {
        self = .guideLLM
      } else if keys.contains("request_latency"), !keys.contains("metrics"),
        keys.contains("input_config") || keys.contains("request_throughput")
      {
        self = .nvidia
      } else {
        return nil
      }
    }
  }
}
