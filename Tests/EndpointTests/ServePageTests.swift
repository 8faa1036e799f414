import Endpoint
import Foundation
import ServingTestSupport
import Testing

/// What the page shows of answers, against the server.
@Suite(.timeLimit(.minutes(30)), .serialized) struct ServePageTests {
  private struct Example {
    var path: String
    var body: String
    var answer: String
  }

  /// Calls of curl with the JSON that follows them.
  private static func examples() throws -> [Example] {
    let page = try String(
      contentsOfFile: SharedData.repository + "/Docs/Serve.md", encoding: .utf8)
    let blocks = page.components(separatedBy: "```")
    return blocks.indices.compactMap { place -> Example? in
      guard blocks[place].hasPrefix("bash\ncurl"), place + 2 < blocks.count,
        blocks[place + 2].hasPrefix("json\n"),
        let path = blocks[place].split(separator: ":8000").last?.prefix(while: { $0 != " " }),
        let body = blocks[place].split(separator: "'").dropFirst().first
      else { return nil }
      return Example(
        path: String(path), body: String(body),
        answer: blocks[place + 2].dropFirst(5).trimmingCharacters(in: .newlines))
    }
  }

  /// Without what is another in each run.
  private static func lasting(_ answer: String) -> String {
    answer.replacing(/"created":\d+/, with: "").replacing(/"id":"[^"]*"/, with: "")
  }

  @Test func `answers are as the page says`() async throws {
    let examples = try Self.examples()
    #expect(examples.count == 2)
    let endpoint = try await TestEndpoint { $0.modelName = "llama-3.1-8b" }
    for example in examples {
      let response = try endpoint.post(example.path, example.body)
      let answer = response.split(separator: "\r\n\r\n").last.map(String.init) ?? ""
      #expect(Self.lasting(answer) == Self.lasting(example.answer), "\(answer)")
    }
    _ = try await endpoint.server.stop()
  }
}
