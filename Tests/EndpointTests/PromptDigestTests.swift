import SimKernel
import Testing

@testable import Endpoint

@Suite struct PromptDigestTests {
  private func digest(_ text: String, block: Int = 2) -> PromptDigest {
    var digest = PromptDigest(blockTokens: block)
    digest.append(text: text)
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

  @Test func `text, ids and marks are never the same`() {
    var id = PromptDigest(blockTokens: 1)
    id.append(id: 65)
    var mark = PromptDigest(blockTokens: 1)
    mark.append(mark: 65)
    #expect(Set([id.hash, mark.hash, digest("A", block: 1).hash]).count == 3)
  }

  @Test func `an answer has as many tokens as its text`() {
    let words = AnswerText(promptHash: 17)
    var told = digest("abcd")
    for index in 0..<50 { told.append(word: words.word(index)) }
    #expect(told == digest("abcd" + words.text(0..<50)))
    #expect(words.text(0..<3) + words.text(3..<50) == words.text(0..<50))
  }
}
