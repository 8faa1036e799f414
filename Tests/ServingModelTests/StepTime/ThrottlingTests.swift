import ServingModel
import Testing

@Suite(.timeLimit(.minutes(30))) struct ThrottlingTests {
  @Test func `each tenth has its figure in its middle`() {
    for (share, slowdown) in [
      (1.2, 1), (1, 1), (0.95, 1.03), (0.85, 1.07), (0.75, 1.12), (0.65, 1.22), (0.55, 1.52),
    ] {
      #expect(abs(Throttling.slowdown(share: share) - slowdown) < 1e-12)
    }
  }

  @Test func `less of the draw is never faster`() {
    let slowdowns = stride(from: 1.1, through: 0.05, by: -0.01).map {
      Throttling.slowdown(share: $0)
    }
    #expect(zip(slowdowns, slowdowns.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(slowdowns.last ?? 0 > 2.5)
  }

  @Test func `the share is found again from the slow-down`() {
    for share in stride(from: 1, through: 0.1, by: -0.03) {
      let slowdown = Throttling.slowdown(share: share)
      #expect(abs(Throttling.share(slowdown: slowdown) - share) < 1e-12)
    }
  }
}
