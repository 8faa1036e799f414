import FoundationEssentials
import SimKernel
import Testing

@testable import Scenarios

struct FuzzTests {
  private static let pieces = [
    "{", "}", "[", "]", ":", ",", "-", "\n", "  ", "#", "&a ", "*a", "!!", "|", ">", "'", "\"", "?",
    "%", "null", "-1", "1e999", "0x", "nan", "\t", "\u{0}", "é", "---\n", "<<: ",
    "9999999999999999999",
  ]

  /// Whatever a file holds, it is a scenario or a list of problems.
  @Test(arguments: 0..<20)
  func `damaged scenarios never crash the reader`(round: Int) throws {
    var random = RandomStream(seed: 7, .tests, index: UInt64(round))
    let examples = ExamplesTests.withoutTraces
    let example = examples[round % examples.count]
    let text = try String(
      contentsOf: URL(filePath: "\(repository)/Examples/\(example).yaml"), encoding: .utf8)
    for _ in 0..<25 {
      var characters = Array(text)
      for _ in 0...random.integer(below: 4) { damage(&characters, &random) }
      let decoded = decode(String(characters))
      #expect((decoded.scenario == nil) == !decoded.issues.isEmpty)
    }
  }

  private func damage(_ characters: inout [Character], _ random: inout RandomStream) {
    let at = random.integer(below: characters.count)
    let end = min(characters.count, at + random.integer(below: 12))
    switch random.integer(below: 3) {
    case 0: characters.removeSubrange(at..<end)
    case 1: characters.insert(contentsOf: characters[at..<end], at: 0)
    default:
      let piece = Self.pieces[random.integer(below: Self.pieces.count)]
      characters.replaceSubrange(at..<end, with: Array(piece))
    }
    if characters.isEmpty { characters = ["a"] }
  }
}
