import Foundation
import ServingTestSupport
import Testing

/// `kavier bill` on what `kavier simulate --out` left.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct BillCommandTests {
  private static let example = "Examples/14-greener-at-night.yaml"

  /// A shorter run of the example, in a directory of its own.
  private func run(_ scratch: Scratch) throws -> String {
    let out = scratch.path + "/out"
    let result = try Program.run(
      ["simulate", Self.example, "--out", out, "--set", "workload.synthetic.requests=200"],
      in: SharedData.repository)
    try #require(result.code == 0, "\(result.problems)")
    return out
  }

  private func impact(_ json: String) throws -> NSDictionary {
    let root = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? NSDictionary
    return try #require(root?["impact"] as? NSDictionary)
  }

  @Test func `a finished run is billed as when it ended, from anywhere`() throws {
    let scratch = try Scratch()
    let out = try run(scratch)
    let report = try String(contentsOfFile: out + "/report.json", encoding: .utf8)
    let bill = try Program.run(["bill", out, "--format", "json"], in: scratch.path)
    #expect(bill.code == 0)
    #expect(try impact(bill.out) == impact(report))
    let noon = try Program.run(
      ["bill", out, "--set", "impact.start=2026-06-21T12:00:00Z", "--out", scratch.path + "/noon"],
      in: scratch.path)
    #expect(noon.code == 0 && noon.out.contains("CO2e operational (location-based)"))
    let again = try String(contentsOfFile: scratch.path + "/noon/bill.json", encoding: .utf8)
    #expect(try impact(again) != impact(report))
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/noon/bill.csv"))
  }

  @Test func `what cannot be billed is said, and nothing is written`() throws {
    let scratch = try Scratch()
    let out = try run(scratch)
    func refusal(_ arguments: String...) throws -> (code: Int32, problems: String) {
      let result = try Program.run(
        ["bill", out, "--out", scratch.path + "/bill"] + arguments, in: scratch.path)
      #expect(!FileManager.default.fileExists(atPath: scratch.path + "/bill/bill.json"))
      return (result.code, result.problems)
    }
    let late = try refusal("--set", "impact.start=2026-06-22T23:59:00Z")
    #expect(late.code == 65 && late.problems.contains("impact.grid: "))
    let zone = try refusal("--set", "impact.grid=ATLANTIS")
    #expect(zone.code == 65 && zone.problems.contains("no country \"ATLANTIS\" in the catalogue"))
    let fleet = try refusal("--set", "fleet.replicas=2")
    #expect(fleet.code == 65 && fleet.problems.contains("only impact can be set"))
    let misspelt = try refusal("--set", "impacts.pue=1.2")
    #expect(misspelt.code == 65 && misspelt.problems.contains("only impact can be set"))
  }

  @Test func `a run that is not whole is told, file by file`() throws {
    let scratch = try Scratch()
    let out = try run(scratch)
    func refusal() throws -> (code: Int32, problems: String) {
      let result = try Program.run(["bill", out], in: scratch.path)
      return (result.code, result.problems)
    }
    let (document, table) = (out + "/run.json", out + "/requests.parquet")
    let (text, rows) = (
      try Data(contentsOf: URL(filePath: document)), try Data(contentsOf: URL(filePath: table))
    )
    try rows.dropLast(9).write(to: URL(filePath: table))
    var found = try refusal()
    #expect(found.code == 65)
    #expect(found.problems.contains("/requests.parquet: damaged: its bytes are not those that"))
    try FileManager.default.removeItem(atPath: table)
    found = try refusal()
    #expect(found.code == 65)
    #expect(
      found.problems.contains(
        "/requests.parquet: cannot be opened: No such file or directory; simulate again"))
    try rows.write(to: URL(filePath: table))
    try Data("cut".utf8).write(to: URL(filePath: document))
    found = try refusal()
    #expect(found.code == 65 && found.problems.contains("/run.json: not a recorded run; expected"))
    try FileManager.default.removeItem(atPath: document)
    found = try refusal()
    #expect(found.code == 66 && found.problems.contains("/run.json: cannot be opened: No such"))
    try Data("KAVIERUN".utf8).write(to: URL(filePath: out + "/run.bin"))
    found = try refusal()
    #expect(found.code == 65)
    #expect(found.problems.contains("/out: a run of an earlier version of Kavier, which this one"))
    try text.write(to: URL(filePath: document))
    found = try refusal()
    #expect(found.code == 0)
  }
}
