import Accuracy
import Foundation
import TextAndBytes

/// A folder that is gone when nobody holds it any more.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Makes a file there and gives its path.
  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }
}

/// The cases of a file with these lines, and what is wrong with it without the path.
func read(_ lines: [String]) throws -> (cases: MeasuredCases, problems: [String]) {
  let scratch = try Scratch()
  let path = try scratch.file("cases.csv", lines.joined(separator: "\n") + "\n")
  let cases = CaseFiles.read([path])
  let problems = cases.problems.problems.map {
    $0.description.replacingOccurrences(of: scratch.path + "/", with: "")
  }
  return (cases, problems)
}

/// A case on one H100 unless `change` says otherwise.
func measured(_ change: (inout MeasuredCase) -> Void = { _ in }) -> MeasuredCase {
  var measured = MeasuredCase(
    id: "c", file: "cases.csv", line: 2, family: "static_batch", gpu: "H100", accelerators: 1,
    model: "Llama-3.1-8B", precision: "bf16", engine: "vllm", load: .batch(4))
  measured.parallelism = StatedParallelism(tensor: 1, pipeline: 1, data: 1)
  measured.prompt = StatedLength(nominal: 100, mean: 100)
  measured.output = StatedLength(nominal: 11, mean: 11)
  change(&measured)
  return measured
}

/// The reason why a case is refused; nil when it is not.
func refusal(_ measured: MeasuredCase) -> String? {
  do throws(Unsupported) {
    _ = try CaseSetUp(resolving: measured)
    return nil
  } catch {
    return error.reason
  }
}
