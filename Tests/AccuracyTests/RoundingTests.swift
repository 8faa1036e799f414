import Testing

@testable import Accuracy

struct RoundingTests {
  @Test(arguments: [
    (4.012_345e-05, 4, 4.012e-05), (0.999_96, 4, 1), (1234.56, 2, 1235), (0, 4, 0),
    (1.234e-11, 4, 1.2e-11), (-0.051_49, 2, -0.051), (0.085, 1, 0.09),
  ])
  func `values keep their first digits, down to a picosecond`(
    value: Double, digits: Int, rounded: Double
  ) {
    #expect(value.rounded(digits: digits) == rounded)
  }
}
