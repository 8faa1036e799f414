import Testing

@testable import Charts

struct AxisScaleTests {
  private func labels(_ axis: Axis, _ values: [Double], ticks: Int = 5) -> [String] {
    AxisScale(axis, values: values, ticks: ticks).ticks.map(\.label)
  }

  @Test func `ticks are round numbers with as many decimals as their steps need`() {
    let axis = Axis("x", unit: "", includes: [0], endsAtTick: true)
    #expect(labels(axis, [9.3]) == ["0", "2", "4", "6", "8", "10"])
    #expect(labels(axis, [0.93]) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(axis, [23], ticks: 10) == (0...10).map { $0 == 0 ? "0" : Self.halves($0) })
    #expect(labels(axis, [230_000]) == ["0", "50k", "100k", "150k", "200k", "250k"])
    #expect(labels(axis, [41_000]) == ["0", "10,000", "20,000", "30,000", "40,000", "50,000"])
  }

  private static func halves(_ n: Int) -> String {
    n.isMultiple(of: 2) ? "\(n / 2 * 5).0" : "\(n * 5 / 2).5"
  }

  @Test func `a logarithmic axis has decades, and parts of them when there are few`() {
    let axis = Axis("x", unit: "", scale: .logarithmic)
    #expect(labels(axis, [0.02, 0.9], ticks: 8) == ["0.02", "0.05", "0.1", "0.2", "0.5"])
    #expect(labels(axis, [1, 1e6], ticks: 5).first == "1")
    #expect(
      labels(axis, [1, 1e6], ticks: 8) == ["1", "10", "100", "1000", "10,000", "100k", "1000k"])
  }

  @Test func `an axis that ends at a tick holds the data`() {
    for most in [0.0013, 0.7, 1, 19.99, 20, 300_001] {
      let axis = Axis("x", unit: "", includes: [0], endsAtTick: true)
      let scale = AxisScale(axis, values: [most], ticks: 5)
      #expect(scale.upper >= most && scale.upper < most * 2.01)
      #expect(scale.ticks.last?.value == scale.upper)
    }
  }

  @Test(arguments: [Axis.Scale.linear, .logarithmic], [false, true])
  func `any two numbers make an axis`(scale: Axis.Scale, endsAtTick: Bool) {
    let extremes = [
      0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-300, 1, 1 + .ulpOfOne, 1e18, 1e19, 1e290,
      1e300, 1.7e308,
      .greatestFiniteMagnitude, .infinity, .nan,
    ]
    let axis = Axis("x", unit: "", scale: scale, endsAtTick: endsAtTick)
    let signs = scale == .linear ? [1.0, -1] : [1]
    for least in extremes {
      for (most, sign) in extremes.flatMap({ most in signs.map { (most, $0) } }) {
        let made = AxisScale(axis, values: [least, sign * most], ticks: 5)
        #expect(made.ticks.allSatisfy { $0.value.isFinite && !$0.label.isEmpty })
        #expect(made.ticks.count < 100)
        #expect((0...1).contains(made.share(least)))
      }
    }
  }

  @Test func `equal values and none at all still make an axis`() {
    for values in [[], [0], [7], [-3]] as [[Double]] {
      let scale = AxisScale(Axis("x", unit: ""), values: values, ticks: 4)
      #expect(scale.lower < scale.upper && !scale.ticks.isEmpty)
      for value in values { #expect((0...1).contains(scale.share(value))) }
    }
    let scale = AxisScale(Axis("x", unit: "", scale: .logarithmic), values: [0, 0], ticks: 4)
    #expect(scale.share(0) == 0)
  }

  @Test func `values beyond the ends lie at the ends`() {
    let scale = AxisScale(Axis("x", unit: ""), values: [10, 20], ticks: 4)
    #expect(scale.share(5) == 0 && scale.share(25) == 1 && scale.share(15) == 0.5)
    #expect(scale.share(.nan) == 0)
  }

  @Test func `categories are rows from the top, named as far as there is room`() {
    let names = (0..<40).map { "replica \($0)" }
    let scale = AxisScale(
      Axis("", unit: "", scale: .categories(names)), values: [], ticks: 10)
    #expect(scale.ticks.map(\.label) == stride(from: 0, to: 40, by: 4).map { "replica \($0)" })
    #expect(scale.share(0) == 1 && scale.share(40) == 0)
  }
}
