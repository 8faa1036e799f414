import Report
import Testing

@Suite(.timeLimit(.minutes(30))) struct FiguresTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (1.005, 1, "1.0"), (0.996, 2, "1.00"), (-0.04, 1, "0.0"),
    (-12.35, 0, "-12"), (1e17, 0, "100000000000000000"), (1e30, 2, "1e+30"),
  ])
  func `fixed decimals`(x: Double, decimals: Int, text: String) {
    #expect(Figures.fixed(x, decimals: decimals) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (0.01234, "0.0123"), (1.23456, "1.235"), (12.3456, "12.35"), (1234.5, "1235"),
    (123_456.7, "123457"), (-2.5, "-2.500"),
  ])
  func `four significant digits`(x: Double, text: String) {
    #expect(Figures.significant(x, digits: 4) == text)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
  func `thousands are set apart`(n: Int, text: String) {
    #expect(Figures.count(n) == text)
  }

  @Test(arguments: [
    (0.0, "0.0"), (1.0, "100"), (0.999_99, ">99.9"), (0.000_01, "<0.1"), (0.123_45, "12.3"),
  ])
  func `a share that is almost all is not called all`(share: Double, text: String) {
    #expect(Figures.percent(share) == text)
  }

  @Test(arguments: [
    (0.05, "50 ms"), (2.5, "2.5 s"), (0.07, "70 ms"), (30.0, "30 s"), (0.000_012_34, "12.34 us"),
    (1200.0, "1200 s"),
  ])
  func `times in the unit that suits them`(seconds: Double, text: String) {
    #expect(TimeUnit.text(seconds) == text)
  }
}
