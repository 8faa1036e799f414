import Foundation
import ServingTestSupport
import Testing

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct ValidateTests {
  private let example = SharedData.repository + "/Examples/measured-cases"
  private let header =
    "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value"
  private let row = "a,static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,4,100,11,e2e_batch,90"

  @Test func `the example is predicted, row by row`() throws {
    let scratch = try Scratch()
    let result = try Program.run(["validate", example, "--out", scratch.path + "/out"])
    #expect(result.code == 0 && result.problems == "")
    #expect(result.out.hasPrefix("all rows"))
    let csv = try String(contentsOfFile: scratch.path + "/out/predictions.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n")
    #expect(rows[0].hasPrefix("case_id,metric,measured,predicted,ape,status,reason,family,gpu,"))
    #expect(
      rows.dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: " ") } == [
        "flood output_tput_total", "chat ttft_mean", "chat itl_mean", "chat output_tput_total",
        "batch e2e_batch",
      ])
    #expect(rows.dropFirst().allSatisfy { $0.contains(",ok,") })
    let json = try Data(contentsOf: URL(filePath: scratch.path + "/out/predictions.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect((object["predictions"] as? [Any])?.count == 5)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out").count == 2)
  }

  @Test func `summaries are JSON on demand`() throws {
    let result = try Program.run(["validate", example, "--format", "json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    let tables = try #require(object["summaries"] as? [[String: Any]])
    #expect(
      tables.map { $0["by"] as? [String] } == [
        [], ["family", "metric", "engine"], ["gpu"], ["tier"],
      ])
  }

  @Test func `what is wrong in a file is 65, and the rest is predicted`() throws {
    let scratch = try Scratch()
    let file = try scratch.file("c.csv", "\(header)\n\(row)\nb\(row.dropFirst(1)),1\n\(row)\n")
    let result = try Program.run(["validate", file])
    #expect(result.code == 65)
    #expect(
      result.problems == "\(file):3: found 14 or more fields, the header names 13\n")
    #expect(result.out.contains("static_batch e2e_batch vllm     2"))
  }

  @Test func `a file that is missing is 66`() throws {
    let result = try Program.run(["validate", "/nowhere.csv"])
    #expect(result.code == 66 && result.out == "")
    #expect(result.problems == "/nowhere.csv: cannot be read: no such file or directory\n")
  }

  @Test func `without a file it is wrong usage`() throws {
    #expect(try Program.run(["validate"]).code == 64)
  }
}
