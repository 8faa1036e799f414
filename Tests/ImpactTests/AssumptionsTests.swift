import Impact
import ServingModel
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct AssumptionsTests {
  @Test func `a curve of PUE is straight between its points and level outside`() {
    let pue = PowerUsageEffectiveness([.init(load: 0.2, pue: 1.8), .init(load: 0.6, pue: 1.4)])
    #expect(pue.value(load: 0) == 1.8 && pue.value(load: 0.2) == 1.8)
    #expect(abs(pue.value(load: 0.4) - 1.6) < 1e-12)
    #expect(pue.value(load: 0.6) == 1.4 && pue.value(load: 1) == 1.4)
  }

  @Test func `capital is paid back as an annuity`() {
    func hour(_ interest: Double, residual: Double = 0) -> Double {
      Ownership(
        capex: 30_000, residual: residual, interest: interest, lifetimeYears: 4,
        colocationPerKilowattMonth: 0, kilowatts: 0, operations: 0
      ).perHour
    }
    #expect(abs(hour(0) - 30_000 / 4 / 8760.0) < 1e-12)
    // 10 % over 4 years pays back 0.3154708 of the capital a year.
    #expect(abs(hour(0.1) - 30_000 * 0.3154708037 / 8760) < 1e-8)
    #expect(abs(hour(0.1, residual: 0.25) - 0.75 * hour(0.1)) < 1e-12)
    let space = Ownership(
      capex: 0, residual: 0, interest: 0, lifetimeYears: 4, colocationPerKilowattMonth: 146,
      kilowatts: 1.5, operations: 0.25)
    #expect(abs(space.perHour - (0.3 + 0.25)) < 1e-12)
  }

  @Test(arguments: [
    (PowerCurve.Shape.constant, 100.0), (.squareRoot, 60), (.linear, 40), (.square, 25),
    (.cubic, 21.25), (.mse(r: 2), 55), (.mse(r: 1), 40),
  ])
  func `OpenDC's curves at a quarter of the load`(shape: PowerCurve.Shape, percent: Double) {
    // From 20 to 100 % of the most.
    let curve = PowerCurve(shape, idle: 0.2)
    #expect(abs(curve.share(utilisation: 0.25) * 100 - percent) < 1e-9)
    #expect(abs(curve.share(utilisation: 7) - 1) < 1e-9)
  }

  @Test func `the asymptotic curve of OpenDC`() {
    // (1 + u - exp(-u / a)) / 2 with u = 0.5 and a = 0.5, and of its cube.
    let flat = PowerCurve(.asymptotic(a: 0.5, dvfs: false), idle: 0)
    #expect(abs(flat.share(utilisation: 0.5) - (1.5 - 0.36787944117144233) / 2) < 1e-12)
    let scaled = PowerCurve(.asymptotic(a: 0.5, dvfs: true), idle: 0)
    #expect(abs(scaled.share(utilisation: 0.5) - (1.125 - 0.7788007830714049) / 2) < 1e-12)
  }

  @Test func `catalogues name what they can bill, and no more`() {
    for id in Array(EmbodiedCarbon.byID.keys) + Array(AcceleratorPrices.byID.keys) {
      #expect(Accelerators.named(id) != nil, "\(id)")
    }
    #expect(Set(Grids.all.map(\.code)).count == Grids.all.count)
    #expect(Grids.all.allSatisfy { $0.code.count == 3 && $0.intensity > 0 && $0.intensity < 1500 })
    #expect(Grids.named("DEU")?.intensity == 380.95 && Grids.named("deu") == nil)
  }
}
