import Testing

@testable import TextAndBytes

struct SpellingTests {
  @Test(arguments: [
    ("max_num_seq", "max_num_seqs"), ("max-num-seqs", "max_num_seqs"),
    ("Max_Num_Seqs", "max_num_seqs"), ("mxa_num_seqs", "max_num_seqs"), ("sed", "seed"),
  ])
  func `a near name is guessed`(typed: String, meant: String) {
    #expect(Spelling.nearest(to: typed, of: ["name", "seed", "max_num_seqs"]) == meant)
  }

  @Test func `a far name is not guessed`() {
    #expect(Spelling.nearest(to: "temperature", of: ["name", "seed", "max_num_seqs"]) == nil)
    #expect(Spelling.hint(for: "x", of: []) == "")
  }

  @Test func `a swap of neighbours is one edit`() {
    #expect(Spelling.distance(Array("sede"), Array("seed")) == 1)
    #expect(Spelling.distance(Array("kitten"), Array("sitting")) == 3)
    #expect(Spelling.distance([], Array("abc")) == 3)
  }
}
