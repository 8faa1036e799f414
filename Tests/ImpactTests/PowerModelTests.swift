import Impact
import Testing

struct PowerModelTests {
  private let model = PowerModel(
    idle: 0.1, floor: 0.3, compute: 2, memory: 0.5, provenance: "a test")

  @Test func `a step that does nothing draws the floor`() {
    #expect(abs(model.share(compute: 0, memory: 0) - 0.3) < 1e-15)
  }

  @Test func `arithmetic counts by its square root, traffic as it is`() {
    #expect(model.load(compute: 0.25, memory: 0) == 1)
    #expect(model.load(compute: 0, memory: 0.6) == 0.3)
    #expect(model.load(compute: 0.25, memory: 0.6) == 1.3)
  }

  @Test func `a load of 1 takes the draw from the floor to where 1 of e is left to the cap`() {
    // 1 - 0.7 / 2.718281828.
    #expect(abs(model.share(compute: 0.25, memory: 0) - 0.742484391) < 1e-9)
  }

  @Test func `no load exceeds the cap`() {
    var capped = model
    capped.cap = 0.5
    #expect(capped.share(compute: 1, memory: 1) < 0.5)
    #expect(abs(capped.share(compute: 1000, memory: 1000) - 0.5) < 1e-9)
  }

  @Test func `more work never draws less`() {
    let uses = (0...20).map { Double($0) / 20 }
    for (less, more) in zip(uses, uses.dropFirst()) {
      for other in uses {
        #expect(
          model.share(compute: less, memory: other) < model.share(compute: more, memory: other))
        #expect(
          model.share(compute: other, memory: less) < model.share(compute: other, memory: more))
      }
    }
  }
}
