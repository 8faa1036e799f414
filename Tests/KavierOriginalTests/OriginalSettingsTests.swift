import KavierOriginal
import Testing

struct OriginalSettingsTests {
  @Test func `each release has its GPUs and models`() {
    #expect(OriginalGPU.all(.v0_1_0).count == 8)
    #expect(OriginalGPU.all(.v0_5_3).count == 11)
    #expect(OriginalModel.all(.v0_1_0).count == 12)
    #expect(OriginalModel.all(.v0_5_3).count == 39)
  }

  @Test func `a name that is unknown is told with those that are known`() {
    let problems = #expect(throws: OriginalProblems.self) {
      try OriginalSettings(gpu: "A11", model: "Llama-9", Behaviour())
    }
    #expect(problems?.lines.count == 2)
    #expect(
      problems?.lines[0].hasPrefix("--gpu: found \"A11\"; allowed are A10, A100-40GB") == true)
  }

  @Test func `a name with a space is refused where 0.1.0 refuses it`() throws {
    #expect(throws: OriginalProblems.self) {
      try OriginalSettings(gpu: "H200 SXM", model: "o1", Behaviour())
    }
    let fixed = try OriginalSettings(
      gpu: "H200 SXM", model: "o1", Behaviour(.v0_1_0, correcting: [.names, .peaks]))
    #expect(fixed.gpu.peak == 989)
    #expect(
      try OriginalSettings(gpu: "H200 SXM", model: "llama-7b", Behaviour(.v0_5_3)).gpu.peak == 989)
  }

  @Test func `all values that cannot be are told at once`() throws {
    var settings = try OriginalSettings(gpu: "A10", model: "OPT-175B", Behaviour())
    try settings.check()
    settings.exportRate = 0
    settings.cachedPrompts = 0
    settings.prefixMinimum = -1
    let problems = #expect(throws: OriginalProblems.self) { try settings.check() }
    #expect(problems?.lines.count == 3)
  }

  @Test func `a model larger than the memory is refused where that is corrected`() throws {
    let fixed = try OriginalSettings(
      gpu: "A10", model: "OPT-175B", Behaviour(.v0_1_0, correcting: [.memory]))
    let problems = #expect(throws: OriginalProblems.self) { try fixed.check() }
    #expect(problems?.description == "--llm: the weights of OPT-175B take 350.0 GB; A10 has 24 GB")
  }

  @Test func `what a release corrected itself is not listed`() {
    #expect(Behaviour(.v0_5_3, correcting: [.durations]).list == "")
    #expect(
      Behaviour(.v0_1_0, correcting: [.durations]).list.hasPrefix(
        "Corrected in 0.1.0:\n  durations: "))
    #expect(Behaviour(.v0_5_3).corrects(.fragments))
    #expect(!Behaviour(.v0_1_0).corrects(.fragments))
  }
}
