import Testing

@testable import Tracer

@Suite(.timeLimit(.minutes(30))) struct OriginTests {
  @Test(arguments: [
    ("http://127.0.0.1:8000", "http://127.0.0.1:8000"), ("localhost:80", "http://localhost"),
    ("https://api.example.com/v1/", "https://api.example.com"),
    ("https://gateway/llm/v1", "https://gateway/llm"), ("http://[::1]:8000/", "http://[::1]:8000"),
    ("https://host:8443/a/b", "https://host:8443/a/b"),
  ])
  func `addresses of servers`(text: String, meaning: String) {
    #expect(Origin(text)?.description == meaning)
  }

  @Test(arguments: [
    "", "http://", "http://a:0", "http://a:x", "http://user@host", "http://a b", "http://a/\r\nx",
    "[::1",
  ])
  func `what is none`(text: String) {
    #expect(Origin(text) == nil)
  }
}
