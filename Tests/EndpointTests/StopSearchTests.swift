import SimKernel
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(30))) struct StopSearchTests {
  /// The first of the texts in the list that ends after `before` bytes, and where it first does.
  private func found(_ texts: [[UInt8]], in bytes: [UInt8], after before: Int) -> [Int]? {
    for (number, text) in texts.enumerated() where !text.isEmpty {
      for end in stride(from: max(before + 1, text.count), through: bytes.count, by: 1)
      where bytes[end - text.count..<end].elementsEqual(text) {
        return [number, end]
      }
    }
    return nil
  }

  @Test func `texts are found as if each were looked for by itself`() {
    var random = RandomStream(seed: 7, .tests)
    for _ in 0..<2000 {
      let texts = (0..<1 + random.integer(below: 5)).map { _ in
        (0..<1 + random.integer(below: 5)).map { _ in UInt8(97 + random.integer(below: 2)) }
      }
      let bytes = (0..<12).map { _ in UInt8(97 + random.integer(below: 3)) }
      let automaton = StopTexts(texts.enumerated().map { (number: $0, bytes: $1) })
      var state: Int32 = 0
      for (place, byte) in bytes.enumerated() {
        state = automaton.step(from: state, by: byte)
        let expected = found(texts, in: Array(bytes[...place]), after: place)
        let at = automaton.found(at: state)
        #expect(at?.text == expected?[0])
        #expect(at?.length == expected.map { texts[$0[0]].count })
      }
    }
  }

  private func script(_ prompt: UInt64) -> AnswerScript {
    var digest = PromptDigest(blockTokens: 16)
    digest.append(id: prompt)
    return AnswerScript(prompt: digest, variant: nil, .bytes(ByteVocabulary()))
  }

  @Test func `a long text that never comes costs no more than a short one`() throws {
    var conditions = StopConditions()
    conditions.texts = [String(repeating: "z", count: StopTexts.mostBytes)]
    var search = StopSearch(conditions)
    #expect(try search.find(in: script(1), limit: 20_000) == nil)
  }

  @Test func `what no word holds is not looked for`() throws {
    var conditions = StopConditions()
    conditions.texts = ["\n\n", "</s>", "User:"]
    var search = StopSearch(conditions)
    #expect(try search.find(in: script(1), limit: .max) == nil)
  }

  @Test func `the answers to one request are looked through to a bound`() throws {
    var conditions = StopConditions()
    conditions.texts = ["zzzz"]
    var search = StopSearch(conditions)
    let error = #expect(throws: APIError.self) {
      for prompt in 0..<64 as Range<UInt64> {
        _ = try search.find(in: script(prompt), limit: 20_000)
      }
    }
    #expect(error?.message.contains("is looked for in \(StopSearch.mostTokens) tokens") == true)
  }
}
