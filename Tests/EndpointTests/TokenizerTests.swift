import Foundation
import ServingTestSupport
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(30))) struct TokenizerTests {
  /// Bytes, a few words, and an end of text.
  private static let small: String = {
    var vocabulary: [String] = []
    for byte in 0..<256 { vocabulary.append(String(ByteLetters.letter(UInt8(byte)))) }
    var merges: [String] = []
    func add(_ word: String) {
      var whole = ""
      for letter in word {
        if !whole.isEmpty, !vocabulary.contains(whole + String(letter)) {
          merges.append("\(whole) \(letter)")
          vocabulary.append(whole + String(letter))
        }
        whole += String(letter)
      }
    }
    for word in ["Ġsea", "Ġships", "Ġsail", "the", "Ġthe"] { add(word) }
    let entries = vocabulary.enumerated().map { index, token in
      String(decoding: (try? JSONEncoder().encode([token: index])) ?? Data(), as: UTF8.self)
        .dropFirst().dropLast()
    }
    let quoted = merges.map { "\"\($0)\"" }.joined(separator: ",")
    return
      #"{"model":{"type":"BPE","vocab":{\#(entries.joined(separator: ","))},"merges":[\#(quoted)]},"#
      + #""pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":true},"#
      + #""added_tokens":[{"id":400,"content":"<|end|>","special":true}]}"#
  }()

  private static func read(_ text: String) throws -> Tokenizer { try Tokenizer.read(json: text) }

  @Test(arguments: [
    ("the sea", ["the", " sea"]), ("the ships sail", ["the", " ships", " sail"]),
    ("seas", ["s", "e", "a", "s"]), ("é", ["\u{C3}", "\u{A9}"].map { _ in "" }),
    ("the<|end|> sea", ["the", "", " sea"]), ("the  sea", ["the", " ", " sea"]), ("", []),
  ])
  func `text is cut into the tokens of the file`(text: String, tokens: [String]) throws {
    let vocabulary = Vocabulary.tokenizer(try Self.read(Self.small))
    let ids = vocabulary.ids(of: text)
    #expect(ids.count == tokens.count)
    for (id, token) in zip(ids, tokens) where !token.isEmpty {
      #expect(String(decoding: vocabulary.bytes(of: id), as: UTF8.self) == token)
    }
    #expect(vocabulary.text(of: ids) == text.replacingOccurrences(of: "<|end|>", with: ""))
  }

  @Test func `an answer is made of tokens that are cut as they are`() throws {
    let vocabulary = Vocabulary.tokenizer(try Self.read(Self.small))
    let script = AnswerScript(
      prompt: PromptDigest(blockTokens: 2), variant: nil, vocabulary)
    var cursor = TextCursor()
    let text = cursor.advance(to: 40, of: script, isLast: true)
    #expect(vocabulary.ids(of: text) == (0..<40).map(script.id))
  }

  @Test(arguments: [
    ("[1]", "no JSON object"), ("{}", "no 'model'"),
    (#"{"model":{"type":"Unigram","vocab":[]}}"#, "of the type 'Unigram'"),
    (#"{"model":{"type":"WordPiece"}}"#, "BPE is read"),
    (#"{"model":{"type":"BPE","vocab":{},"merges":[]}}"#, "no vocabulary"),
    (#"{"model":{"type":"BPE","vocab":{"a":-1},"merges":[]}}"#, "without an id"),
    (#"{"model":{"type":"BPE","vocab":{"a":1},"merges":["a b"]}}"#, "not of the vocabulary"),
    (
      #"{"model":{"type":"BPE","vocab":{"a":1},"merges":[]},"normalizer":{"type":"Precompiled"}}"#,
      "normalizer 'Precompiled'"
    ),
    (
      #"{"model":{"type":"BPE","vocab":{"a":1},"merges":[]},"pre_tokenizer":{"type":"BertPreTokenizer"}}"#,
      "pre-tokenizer 'BertPreTokenizer'"
    ),
    (#"{"model":{"type":"BPE","vocab":{"a":1},"merges":[]}}"#, "no tokens of a space and letters"),
  ])
  func `what is not read is said`(text: String, reason: String) {
    let error = #expect(throws: TokenizerError.self) { try Self.read(text) }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: ["(a*)*b", "(a|a)*b", "(a+)+b", "(((a?){50}){50}){50}"])
  func `a pattern that never ends is taken for no match`(pattern: String) throws {
    let splitter = TokenSplitter(try PatternParser.parse(pattern))
    let text = Array(String(repeating: "a", count: 40).unicodeScalars.map(\.value))
    #expect(splitter.isTooLong || splitter.end(in: text, from: 0) == nil)
  }

  private struct Cut: Decodable {
    var text: String
    var ids: [Int]
  }

  @Test(.enabled(if: Python.has("tokenizers"), Comment(rawValue: Python.absence("tokenizers"))))
  func `Hugging Face's tokenizers cut texts alike`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = try String(
      contentsOfFile: SharedData.repository + "/Tests/Counterparts/tokenize.py", encoding: .utf8)
    let cuts = try JSONDecoder().decode(
      [String: [Cut]].self, from: Data(try Python.run(script, [folder]).utf8))
    #expect(cuts.count == 7)
    for (kind, cuts) in cuts {
      let tokenizer = try Self.read(
        String(contentsOfFile: "\(folder)/\(kind).json", encoding: .utf8))
      #expect(tokenizer.opening == (kind == "llama3" ? [0] : []))
      for cut in cuts { #expect(tokenizer.ids(of: cut.text) == cut.ids, "\(kind): \(cut.text)") }
    }
  }
}
