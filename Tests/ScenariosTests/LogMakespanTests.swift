import Foundation
import Scenarios
import ServingSim
import SimKernel
import Testing

/// Arrivals of four requests in seconds, and the same in the ways that logs write them.
private let seconds = [0, 1.5, 2.25, 61.0]
private let epoch = 1_772_442_000
private let spellings: [(name: String, times: [String])] = [
  ("seconds", ["0", "1.5", "2.25", "61"]),
  (
    "dates with a zone",
    ["09:00:00", "09:00:01.5", "09:00:02.25", "09:01:01"].map { "2026-03-02T\($0)Z" }
  ),
  (
    "dates of another zone",
    ["10:00:00", "10:00:01.500", "10:00:02.250", "10:01:01"].map { "2026-03-02 \($0)+01:00" }
  ),
  ("seconds since 1970", seconds.map { "\(Double(epoch) + $0)" }),
  ("milliseconds since 1970", seconds.map { "\(epoch * 1000 + Int($0 * 1000))" }),
  ("microseconds since 1970", seconds.map { "\(epoch * 1_000_000 + Int($0 * 1_000_000))" }),
  ("nanoseconds since 1970", seconds.map { "\(epoch * 1_000_000_000 + Int($0 * 1_000_000_000))" }),
]
private let names = [
  "time", "created_at", "Timestamp", "start_time", "arrival", "arrival_time", "timestamp",
  "\"timestamp\"", "Start Time", "requestTimestamp",
]
private let tokens = [(900, 40), (700, 30), (1200, 25), (50, 4)]

/// Where requests end when the built-in fleet serves the file.
private func ends(_ text: String, name: String = "log.csv", more: String = "") throws -> [Double] {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let path = folder.appending(path: name).path
  try text.write(toFile: path, atomically: false, encoding: .utf8)
  let loaded = try ScenarioLoader.load(
    file: nil, overrides: ["workload={trace: {path: '\(path)'\(more)}}"])
  #expect(loaded.said.count == 1 && loaded.said[0].contains("read as"), "\(loaded.said)")
  return Simulation.run(loaded.plan).outcomes.map(\.finish.seconds)
}

private func table(_ columns: [String], _ times: [String], delimiter: String) -> String {
  let rows = zip(times, tokens).map { time, tokens in
    [time, "\(tokens.0)", "\(tokens.1)"].joined(separator: delimiter)
  }
  return ([columns.joined(separator: delimiter)] + rows).joined(separator: "\n") + "\n"
}

private let native: [Double] = {
  let rows = zip(seconds, tokens).map { "\($0),\($1.0),\($1.1)" }
  let text = (["arrival_s,input_tokens,output_tokens"] + rows).joined(separator: "\n")
  return (try? ends(text)) ?? []
}()

@Test(arguments: names, spellings.indices)
private func `a run of a log ends when that of the same requests as a trace does`(
  name: String, spelling: Int
) throws {
  #expect(native.count == 4 && (native.max() ?? 0) > 61 && (native.max() ?? 0) < 70)
  let times = spellings[spelling].times
  let delimiter = [",", ";", "\t", "|"][spelling % 4]
  let columns = [name, "Prompt Tokens", "\"completion_tokens\""]
  #expect(try ends(table(columns, times, delimiter: delimiter)) == native)
  let key = name.replacingOccurrences(of: "\"", with: "")
  let objects = zip(times, tokens).map { time, tokens in
    #"{"\#(key)": "\#(time)", "usage": {"prompt_tokens": \#(tokens.0), "completion_tokens": \#(tokens.1)}}"#
  }
  #expect(try ends(objects.joined(separator: "\n"), name: "log.jsonl") == native)
  #expect(try ends("[" + objects.joined(separator: ",\n") + "]", name: "log.json") == native)
  #expect(
    try ends("{\"data\": [" + objects.joined(separator: ",") + "]}", name: "log.json") == native)
}

@Test func `a unit that is said is the unit of the run`() throws {
  let columns = ["timestamp", "prompt_tokens", "completion_tokens"]
  let milliseconds = table(columns, seconds.map { "\(Int($0 * 1000))" }, delimiter: ",")
  #expect(try ends(milliseconds, more: ", time_unit: ms") == native)
  let mapped = table(["When", "In", "Out"], spellings[1].times, delimiter: ",")
  #expect(
    try ends(
      mapped, more: ", columns: {arrival: When, input_tokens: In, output_tokens: Out}") == native)
  // Nothing says which of these is right.
  #expect(throws: ScenarioIssues.self) { try ends(milliseconds) }
}
