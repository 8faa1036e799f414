import SimKernel
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(30))) struct PromptDigestTests {
  private func digest(_ text: String, block: Int = 2) -> PromptDigest {
    var digest = PromptDigest(blockTokens: block)
    digest.append(text: text, .bytes(ByteVocabulary()))
    return digest
  }

  @Test(arguments: [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("éé", 1), ("ééé", 2)])
  func `four bytes are a token, and so is what is left`(text: String, tokens: Int) {
    #expect(digest(text).tokens == tokens)
  }

  @Test func `texts share the blocks before their first difference`() {
    let a = digest("aaaabbbbccccdddd")
    let b = digest("aaaabbbbccccdddx")
    #expect(a.blocks.count == 2)
    #expect(a.blocks[0] == b.blocks[0] && a.blocks[1] != b.blocks[1])
    #expect(a.hash != b.hash)
    #expect(digest("abc").hash != digest("abc\0").hash)
  }

  @Test func `texts of different salts share nothing`() {
    var salted = PromptDigest(blockTokens: 2, salt: 1)
    salted.append(text: "aaaabbbbcccc", .bytes(ByteVocabulary()))
    #expect(Set(salted.blocks).isDisjoint(with: digest("aaaabbbbcccc").blocks))
  }

  @Test(arguments: [1, 2.5, 3.7, 4, 7]) func `an answer has as many tokens as its text`(
    bytesPerToken: Double
  ) {
    let vocabulary = Vocabulary.bytes(ByteVocabulary(bytesPerToken: bytesPerToken))
    let script = AnswerScript(prompt: digest("abcd"), variant: nil, vocabulary)
    var cursor = TextCursor()
    let text = cursor.advance(to: 50, of: script, isLast: true)
    #expect(vocabulary.ids(of: text) == (0..<50).map(script.id))
    #expect(text.utf8.count == Int(50 * bytesPerToken))
    var parts = TextCursor()
    let first = parts.advance(to: 3, of: script, isLast: false)
    #expect(first + parts.advance(to: 50, of: script, isLast: true) == text)
  }

  @Test(arguments: ["", "a", "abcd", "abc\0", "é€😀 tail", "many words, and more"])
  func `ids tell their text`(text: String) {
    for bytesPerToken in [1, 3.3, 4, 7] {
      let vocabulary = Vocabulary.bytes(ByteVocabulary(bytesPerToken: bytesPerToken))
      #expect(vocabulary.text(of: vocabulary.ids(of: text)) == text)
    }
  }

  @Test func `a character that comes in two tokens is told when it is whole`() {
    let vocabulary = Vocabulary.bytes(ByteVocabulary())
    let text = FixedText("abc€ef", vocabulary)
    let script = AnswerScript(prompt: digest("x"), variant: nil, text, vocabulary)
    var cursor = TextCursor()
    #expect(cursor.advance(to: 1, of: script, isLast: false) == "abc")
    #expect(cursor.advance(to: 2, of: script, isLast: true) == "€ef")
  }
}
