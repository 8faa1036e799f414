import Testing

@testable import TextAndBytes

private func integer(_ text: String) -> Int64? { Numbers.integer(Array(text.utf8).span) }

private func decimal(_ text: String, scale: Int) -> Int64? {
  Numbers.decimal(Array(text.utf8).span, scale: scale)
}

@Test func `whole numbers are read exactly and nothing else is`() {
  #expect(integer("0") == 0)
  #expect(integer("-12") == -12)
  #expect(integer("999999999999999999") == 999_999_999_999_999_999)
  // As tables that went through floating point have them.
  #expect(integer("12.0") == 12 && integer("12.") == 12 && integer("-0.0") == 0)
  #expect(integer("8e0") == 8 && integer("8.000000000000000000e+00") == 8)
  #expect(integer("1.25E2") == 125 && integer("1200e-2") == 12 && integer("0e9999") == 0)
  for text in [
    "", "-", "1.5", "1.25e1", "12e-1", "1e18", "1e9999", "1e", "1.0.0", "1.5e-9999", "+1", " 1",
    "1 ",
    "0x1", "1000000000000000000", ".", "0.1234567890123456789",
  ] {
    #expect(integer(text) == nil, "\(text)")
  }
}

@Test func `decimal numbers are scaled exactly`() {
  #expect(decimal("0.25", scale: 9) == 250_000_000)
  #expect(decimal("-1.000000001", scale: 9) == -1_000_000_001)
  #expect(decimal("1e-05", scale: 9) == 10_000)
  #expect(decimal("2.5E+2", scale: 6) == 250_000_000)
  #expect(decimal("0.1234567891234", scale: 9) == 123_456_789)
  #expect(decimal("0.00000000000000000000001", scale: 9) == 0)
  #expect(decimal("3537000", scale: 6) == 3_537_000_000_000)
  #expect(decimal("0e999", scale: 9) == 0)
  for text in ["", "-", ".", "1.2.3", "abc", "1e", "1e+", "nan", "1e12", "5000000000", "1e99999"] {
    #expect(decimal(text, scale: 9) == nil, "\(text)")
  }
}

@Test func `lists are read with brackets or without`() {
  func list(_ text: String) -> [Int64]? {
    var numbers: [Int64] = []
    return Numbers.appendList(Array(text.utf8).span, to: &numbers) ? numbers : nil
  }
  #expect(list("[1, 2,3]") == [1, 2, 3])
  #expect(list("4;5") == [4, 5])
  #expect(list("[]") == [])
  for text in ["[1, 2", "[", "[1, x]", "[[1]]", "1]"] { #expect(list(text) == nil, "\(text)") }
}
