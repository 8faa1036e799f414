import Impact
import ServingModel
import Testing

struct PowerModelsTests {
  @Test func `an accelerator gets its architecture's model`() throws {
    let h100 = PowerModels.model(for: try #require(Accelerators.named("h100-sxm")))
    let h200 = PowerModels.model(for: try #require(Accelerators.named("h200-sxm")))
    #expect(h100 == h200 && h100.provenance == "fitted to 132 measured draws of H100")
  }

  @Test func `an architecture that was not measured gets what all have in common`() throws {
    let ada = PowerModels.model(for: try #require(Accelerators.named("l4")))
    #expect(ada == PowerModels.general)
  }

  @Test(arguments: Accelerators.all)
  func `idle is less than the floor, which is less than the cap`(accelerator: Accelerator) {
    let model = PowerModels.model(for: accelerator)
    #expect(0 < model.idle && model.idle < model.floor && model.floor < model.cap)
    #expect(model.cap == 1 && model.compute > 0 && model.memory > 0)
  }
}
