import Testing
import TextAndBytes

@Test func `objects keep their order and the text ends with a line's end`() {
  let value = JSON.object(of: [
    ("b", .array([])), ("a", .array([.count(1), .decimal(0.1), .null])), ("c", .object(of: [])),
    ("q", .string("\"\\\n\u{1}é")),
  ])
  #expect(
    value.document == """
      {
        "b": [],
        "a": [
          1,
          0.1,
          null
        ],
        "c": {},
        "q": "\\"\\\\\\n\\u0001é"
      }

      """)
}

@Test func `what is read is written as it was`() {
  for text in [
    #"{"b":[1,-2],"a":1.50,"c":{"d":null,"e":[true,false]},"f":"\u0001\"é"}"#, "[]", "{}",
    "[[],{}]",
    "18446744073709551615", "1e-7", "null",
  ] {
    #expect(JSON(text: text)?.compact == text)
  }
}

@Test func `numbers are written with the digits that read back as the same`() {
  #expect(JSON.decimal(0.1).compact == "0.1")
  #expect(JSON.decimal(1e300).compact == "1e+300")
  #expect(JSON.decimal(.nan) == .null)
  #expect(JSON.optional(nil) == .null)
  #expect(JSON.whole(.max).compact == "18446744073709551615")
  #expect(JSON.whole(7) == .integer(7))
}
