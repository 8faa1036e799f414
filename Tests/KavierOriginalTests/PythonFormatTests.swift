import Testing

@testable import KavierOriginal

struct PythonFormatTests {
  @Test(arguments: [
    (1202.55, 1, "1,202.5"), (0.05, 1, "0.1"), (2.5, 0, "2"), (3.5, 0, "4"),
    (1234567, 0, "1,234,567"),
    (-1234.5, 1, "-1,234.5"), (999.95, 1, "1,000.0"), (0, 1, "0.0"),
  ])
  func `numbers are rounded from their exact value`(x: Double, decimals: Int, text: String) {
    #expect(PythonFormat.grouped(x, decimals) == text)
  }

  @Test(arguments: [
    (0.1, "0.1"), (1, "1"), (0.001, "0.001"), (1e-5, "1e-05"), (123_456, "123,456"),
    (1_234_567, "1.23457e+06"), (1198, "1,198"), (0.000310790812, "0.000310791"),
  ])
  func `general numbers have six digits`(x: Double, text: String) {
    #expect(PythonFormat.general(x, digits: 6) == text)
  }
}
