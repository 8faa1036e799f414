import Impact
import Testing

struct PowerModelTests {
  private let model = PowerModel(
    idle: 0.1, floor: 0.3, compute: 0.5, memory: 0.4, provenance: "a test")

  @Test func `a step draws the floor and what its arithmetic and traffic cost`() {
    #expect(model.share(compute: 0, memory: 0) == 0.3)
    #expect(abs(model.share(compute: 0.2, memory: 0.5) - (0.3 + 0.1 + 0.2)) < 1e-15)
  }

  @Test func `no step draws more than the cap`() {
    var capped = model
    #expect(capped.share(compute: 1, memory: 1) == 1)
    capped.cap = 0.5
    #expect(capped.share(compute: 1, memory: 0) == 0.5)
    #expect(abs(capped.share(compute: 0.2, memory: 0) - 0.4) < 1e-15)
  }

  @Test func `more work never draws less`() {
    let uses = (0...20).map { Double($0) / 20 }
    for (less, more) in zip(uses, uses.dropFirst()) {
      for other in uses {
        #expect(
          model.share(compute: less, memory: other) <= model.share(compute: more, memory: other))
        #expect(
          model.share(compute: other, memory: less) <= model.share(compute: other, memory: more))
      }
    }
  }
}
