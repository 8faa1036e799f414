import Testing

@testable import TextAndBytes

private func keys(_ text: String) -> [String]? { try? JSONKeys.of(Array(text.utf8).span) }

@Test func `keys of an object are found past values of every kind`() {
  let text = #" {"a": -1.5e+3, "b" : "x\"}", "c":[1,[2,{"d":null}],[]], "e\u0041":{} , "f":true} "#
  #expect(keys(text) == ["a", "b", "c", "eA", "f"])
  #expect(keys("{}") == [])
}

@Test(arguments: [
  "", "[]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1 \"b\":2}", "{\"a\":[1,]}",
  "{\"a\":tru}", "{\"a\":-}", "{\"a\":1.}", "{\"a\":\"x}", "{\"a\":\"\\", "{a:1}", "{\"a\":1e}",
])
func `what is no JSON object is refused`(text: String) {
  #expect(keys(text) == nil)
}

@Test func `deep nesting is refused and not followed`() {
  let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
  #expect(keys(deep) == nil)
  let shallow = String(repeating: "[", count: 50) + String(repeating: "]", count: 50)
  #expect(keys("{\"a\":\(shallow)}") == ["a"])
}
