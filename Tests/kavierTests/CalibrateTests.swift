import Foundation
import ServingTestSupport
import Testing

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct CalibrateTests {
  private let example = SharedData.repository + "/Examples/own-points"
  private let header =
    "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value"
  private let row = "a,static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,4,100,11,e2e_batch,200"

  /// Median errors in % of all rows by the profile at `path`.
  private func medianError(_ path: String, of cases: String) throws -> Double {
    let result = try Program.run(["validate", cases, "--calibration", path, "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
    let tables = try #require(object?["summaries"] as? [[String: Any]])
    let all = try #require((tables.first?["groups"] as? [[String: Any]])?.first)
    return try #require(all["median_ape"] as? Double)
  }

  @Test func `ten points of one's own make a profile that meets them better`() throws {
    let scratch = try Scratch()
    let ours = scratch.path + "/profiles/ours.yaml"
    let result = try Program.run(["calibrate", "--from", example, "--out", ours])
    #expect(result.code == 0)
    #expect(result.problems.contains(" unknowns, 10 figures\n"))
    #expect(result.out.hasPrefix("Coefficient or factor"))
    for title in [
      "all rows  rows  in sample  new model  new accelerator", "+-: one standard error.",
    ] {
      #expect(result.out.contains(title))
    }
    #expect(result.out.contains("each stays at its prior: "))
    let before = try medianError("none", of: example)
    #expect(try medianError(ours, of: example) < before / 2)

    let plan = try Program.run(["plan", "--set", "fleet.calibration=\(ours)"])
    #expect(plan.code == 0 && plan.out.contains("calibrated by ours (measured)"))
    let again = try Program.run(
      ["simulate", "--set", "fleet.calibration=\(ours)"] + SimulateTests.few)
    #expect(again.out.contains("roofline; calibrated by ours (measured)\n"))
    // Nothing but the profile is left in the folder.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/profiles")
        == ["ours.yaml"])
  }

  @Test func `the report is JSON on demand, and the profile a source file`() throws {
    let scratch = try Scratch()
    let result = try Program.run([
      "calibrate", "--from", example, "--swift", scratch.path + "/P.swift", "--name", "p-1",
      "--prior", "none", "--no-cross-validation", "--format", "json",
    ])
    #expect(result.code == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    let parameters = try #require(object["parameters"] as? [[String: Any]])
    #expect(parameters.contains { $0["identified"] as? Bool == true })
    #expect(parameters.contains { $0["identified"] as? Bool == false })
    #expect((object["expected_errors"] as? [Any])?.isEmpty == true)
    let source = try String(contentsOfFile: scratch.path + "/P.swift", encoding: .utf8)
    #expect(source.contains("static let p1 = CalibrationProfile("))
  }

  @Test func `a file with problems still fits on the good rows`() throws {
    let scratch = try Scratch()
    let file = try scratch.file("c.csv", "\(header)\n\(row)\nb\(row.dropFirst(1)),1\n")
    let result = try Program.run(
      ["calibrate", "--from", file, "--out", scratch.path + "/p.yaml", "--no-cross-validation"])
    #expect(result.code == 65)
    #expect(result.problems.hasSuffix("\(file):3: found 14 or more fields, the header names 13\n"))
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/p.yaml"))
  }

  @Test func `nothing to fit to leaves nothing behind`() throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "c.csv", "\(header)\n\(row.replacingOccurrences(of: "e2e_batch", with: "ttft_p99"))\n")
    let result = try Program.run(["calibrate", "--from", file, "--out", scratch.path + "/p.yaml"])
    #expect(result.code == 65 && result.out == "")
    #expect(
      result.problems == "no mean or median in these cases that could be fitted to\n")
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/p.yaml"))
  }

  @Test(arguments: [
    (["--out", "x.yaml"], 64), (["--from", "/nowhere.csv", "--out", "/tmp"], 73),
    (["--from", "/nowhere.csv"], 64),
    (["--from", "/nowhere.csv", "--out", "x.yaml", "--prior", "kavier"], 65),
    (["--from", "/nowhere.csv", "--out", "x.yaml", "--prior", "nowhere.yaml"], 66),
    (["--from", "/nowhere.csv", "--out", "x.yaml"], 66),
  ])
  func `what is wrong shows in the exit code`(arguments: [String], code: Int) throws {
    let scratch = try Scratch()
    #expect(try Program.run(["calibrate"] + arguments, in: scratch.path).code == Int32(code))
  }

  @Test func `an unknown calibration is told with what there is`() throws {
    let result = try Program.run(["validate", example, "--calibration", "kavier-2026.12"])
    #expect(result.code == 65)
    #expect(
      result.problems == "--calibration kavier-2026.12: found \"kavier-2026.12\"; expected "
        + "kavier-2026.11, none or a file .yaml or .json; did you mean \"kavier-2026.11\"?\n")
  }
}
