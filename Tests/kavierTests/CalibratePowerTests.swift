import Foundation
import Testing

@Suite(.enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct CalibratePowerTests {
  private let header =
    "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value"
  private let setUp = "static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,4,100,11"

  @Test func `models come with their errors`() throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "c.csv", "\(header)\na,\(setUp),gpu_power_avg_total,400\na,\(setUp),e2e_batch,90\n")
    let result = try Program.run(["calibrate-power", file])
    #expect(result.code == 0 && result.problems == "")
    #expect(result.out.hasPrefix("architecture  draws   idle"))
    #expect(result.out.contains("hopper            1  0.110"))
    for title in ["in sample", "no case with the same model", "no case with the same accelerator"] {
      #expect(result.out.contains("\n\(title)\nat measured times half of 1 draws"))
    }
  }

  @Test func `what is wrong in a file is 65, and the rest is fitted to`() throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "c.csv", "\(header)\na,\(setUp),gpu_power_avg_total,400\nb,\(setUp),gpu_power_avg_total,-1\n")
    let result = try Program.run(["calibrate-power", file])
    #expect(result.code == 65)
    #expect(result.problems.contains("c.csv:3: value: found \"-1\""))
    #expect(result.out.contains("hopper            1  0.110"))
  }

  @Test func `a file that is missing is 66`() throws {
    #expect(try Program.run(["calibrate-power", "/nowhere.csv"]).code == 66)
  }
}
