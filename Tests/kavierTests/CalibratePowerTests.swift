import Foundation
import Testing

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct CalibratePowerTests {
  private let header =
    "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value"
  private let setUp = "static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,4,100,11"

  private func calibrate(_ rows: String...) throws -> Program.Result {
    let scratch = try Scratch()
    let file = try scratch.file("c.csv", ([header] + rows).joined(separator: "\n") + "\n")
    return try Program.run(["calibrate-power", "--from", file])
  }

  @Test func `models come with their errors`() throws {
    let result = try calibrate(
      "a,\(setUp),gpu_power_avg_total,400", "a,\(setUp),e2e_batch,90")
    #expect(result.code == 0 && result.problems == "")
    #expect(result.out.hasPrefix("Architecture  draws   idle"))
    #expect(result.out.contains("hopper            1  0.110"))
    #expect(result.out.contains("At measured times, new accelerator: half of 1 draws within"))
    #expect(result.out.contains("metric               rows  in sample  new model  new accelerator"))
  }

  @Test func `what is wrong in a file is 65, and the rest is fitted to`() throws {
    let result = try calibrate(
      "a,\(setUp),gpu_power_avg_total,400", "b,\(setUp),gpu_power_avg_total,-1")
    #expect(result.code == 65)
    #expect(result.problems.contains("c.csv:3: value: found \"-1\""))
    #expect(result.out.contains("hopper            1  0.110"))
  }

  @Test func `cases without power are 65`() throws {
    let result = try calibrate("a,\(setUp),e2e_batch,90")
    #expect(result.code == 65 && result.out == "")
    #expect(result.problems == "no power in these cases that could be fitted to\n")
  }

  @Test func `a file that is missing is 66`() throws {
    #expect(try Program.run(["calibrate-power", "--from", "/nowhere.csv"]).code == 66)
  }
}
