import Accuracy
import ServingModel
import Testing

struct ParallelLayoutTests {
  private let exporter = "aiconfigurator silicon_sample.csv (InferenceX)"

  /// A mixture on `accelerators` B200.
  private func mixture(
    _ accelerators: Int, tp: Int, dp: Int = 1, moe: Int?, ep: Int, source: String = ""
  ) -> MeasuredCase {
    measured {
      $0.gpu = "B200"
      $0.accelerators = accelerators
      $0.model = "DeepSeek-R1"
      $0.precision = "fp4"
      $0.source = source
      $0.parallelism = StatedParallelism(
        tensor: tp, pipeline: 1, data: dp, moeTensor: moe, expert: ep)
    }
  }

  @Test(arguments: [
    (64, 64, 1, 8, Parallelism(tensor: 8, expert: 8)),
    (16, 16, 1, 4, Parallelism(tensor: 4, expert: 4)),
    (64, 1, 64, 8, Parallelism(data: 8, expert: 8)),
    (16, 1, 16, 4, Parallelism(data: 4, expert: 4)),
  ])
  func `one exporter's squares are undone, and it is said`(
    n: Int, tp: Int, dp: Int, ep: Int, layout: Parallelism
  ) throws {
    let squared = mixture(n, tp: tp, dp: dp, moe: ep, ep: ep, source: exporter)
    let setUp = try CaseSetUp(resolving: squared)
    #expect(setUp.parallelism == layout)
    #expect(setUp.replicas == 1)
    #expect(setUp.assumptions.contains { $0.hasPrefix("\(ep) accelerators, not \(n): ") })
  }

  @Test func `a square of another source is what it says`() throws {
    let setUp = try CaseSetUp(resolving: mixture(16, tp: 16, moe: 4, ep: 4))
    #expect(setUp.parallelism == Parallelism(tensor: 16, expert: 4))
    #expect(!setUp.assumptions.contains { $0.contains("accelerators, not") })
  }

  @Test func `attention ranks that share experts are one engine`() throws {
    let setUp = try CaseSetUp(resolving: mixture(16, tp: 4, dp: 4, moe: 1, ep: 16))
    #expect(setUp.parallelism == Parallelism(tensor: 4, data: 4, expert: 16))
    #expect(setUp.replicas == 1 && setUp.ranks == 4)
  }

  @Test func `unknown expert groups are taken to span the ranks`() throws {
    let setUp = try CaseSetUp(resolving: mixture(8, tp: 4, dp: 2, moe: 0, ep: 1))
    #expect(setUp.parallelism == Parallelism(tensor: 4, data: 2))
  }

  @Test func `ranks with experts of their own are engines of their own`() throws {
    let setUp = try CaseSetUp(resolving: mixture(8, tp: 4, dp: 2, moe: 4, ep: 1))
    #expect(setUp.parallelism == Parallelism(tensor: 4))
    #expect(setUp.replicas == 2)
    #expect(setUp.assumptions.contains("dp 2 taken as 2 engines of their own"))
  }

  @Test func `accelerators beyond a replica's are further replicas`() throws {
    let setUp = try CaseSetUp(
      resolving: measured {
        $0.accelerators = 8
        $0.parallelism = StatedParallelism(tensor: 2, pipeline: 2, data: 1)
      })
    #expect(setUp.replicas == 2 && setUp.parallelism.pipeline == 2)
  }

  @Test func `accelerators that make no whole replicas are refused`() {
    #expect(
      refusal(measured { $0.parallelism.tensor = 4 })
        == "tp x pp x dp is 4, which does not divide n_gpu 1")
    #expect(
      refusal(mixture(4, tp: 4, moe: 4, ep: 8)) == "ep is 8, which does not divide tp x dp 4")
    #expect(
      refusal(
        measured {
          $0.accelerators = 3
          $0.parallelism.tensor = 3
        }) == "llama-3.1-8b has 32 attention heads, which tensor_parallel_size 3 does not divide")
  }

  @Test func `a tensor size that is not stated is the smallest with room for KV entries`() throws {
    let setUp = try CaseSetUp(
      resolving: measured {
        $0.accelerators = 8
        $0.model = "Llama-2-70B"
        $0.precision = "fp8"
        $0.parallelism = StatedParallelism()
      })
    // 64 GiB of weights: one of 80 GiB has no room, half of them leave 30 %.
    #expect(setUp.parallelism == Parallelism(tensor: 2))
    #expect(setUp.replicas == 4)
    #expect(setUp.assumptions.contains { $0.hasPrefix("tp not stated: 4 x tp 2") })
    #expect(
      refusal(
        measured {
          $0.model = "Llama-2-70B"
          $0.parallelism = StatedParallelism()
        })?.hasPrefix("tp is not stated, and the model leaves less than 30 %") == true)
  }
}
