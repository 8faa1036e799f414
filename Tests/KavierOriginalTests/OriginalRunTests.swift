import KavierOriginal
import Testing
import TextAndBytes

struct OriginalRunTests {
  private static let header =
    "session_id,num_input_tokens,num_output_tokens,input_tokens,output_tokens\n"
  /// The same four tokens three times, and a row without any.
  private static let repeated =
    header + """
      a,4,1,"[1, 2, 3, 4]","[9]"
      b,5,1,"[1, 2, 3, 4, 5]","[9]"
      a,4,1,"[1, 2, 3, 4]","[9]"
      a,4,1,,
      """

  private func run(
    _ text: String, _ fixes: Set<Correction> = [],
    _ change: (inout OriginalSettings) -> Void = { _ in }
  ) throws -> OriginalRun {
    var settings = try settings(correcting: fixes)
    settings.prefixMinimum = 4
    change(&settings)
    let file = try TextFile(text)
    return try Written(settings, trace: file.path).run
  }

  @Test func `a hit skips the prefill with its overhead`() throws {
    let run = try run(Self.repeated)
    #expect(run.hits == 1)
    #expect(run.hitRatio == 0.25)
    let token = 2 * 8e9 / (125e12 * 0.3)
    #expect(abs(run.prefillSeconds - (3 * 0.025 + 13 * token)) < 1e-12)
  }

  @Test func `a corrected hit saves the matched tokens only`() throws {
    let run = try run(Self.repeated, [.saving])
    let token = 2 * 8e9 / (125e12 * 0.3)
    #expect(abs(run.prefillSeconds - (4 * 0.025 + 13 * token)) < 1e-12)
  }

  @Test func `other sessions hit with global scope`() throws {
    #expect(try run(Self.repeated) { $0.scope = .global }.hits == 2)
  }

  @Test func `under none hits are counted and nothing is saved, unless that is corrected`() throws {
    let counted = try run(Self.repeated) { $0.policy = .none }
    #expect(counted.hits == 1)
    #expect(abs(counted.prefillSeconds - (4 * 0.025 + 17 * 2 * 8e9 / (125e12 * 0.3))) < 1e-12)
    #expect(try run(Self.repeated, [.lookups]) { $0.policy = .none }.hits == 0)
  }

  @Test func `full skips the decode, too`() throws {
    let run = try run(Self.repeated) { $0.policy = .full }
    #expect(abs(run.decodeSeconds - 3 * 16.0 / 360) < 1e-12)
  }

  @Test func `without output_tokens 0.1.0 has no prefix cache`() throws {
    let text = """
      session_id,num_input_tokens,num_output_tokens,input_tokens
      a,4,1,"[1, 2, 3, 4]"
      a,4,1,"[1, 2, 3, 4]"
      """
    #expect(try run(text).hits == 0)
    #expect(try run(text, [.columns]).hits == 1)
  }

  @Test func `a token list that is too short is taken, unless that is corrected`() throws {
    let text = Self.header + "a,4,1,\"[1, 2]\",\"[9]\"\n"
    #expect(try run(text).requests == 1)
    let problems = #expect(throws: FileProblems.self) { try run(text, [.tokenLists]) }
    #expect(
      problems?.problems.first?.message
        == "input_tokens: found 2 tokens; num_input_tokens says 4")
  }

  @Test func `all rows that are wrong are told`() throws {
    let text = "num_input_tokens,num_output_tokens\n1,2\nx,2\n3,-1\n"
    let problems = #expect(throws: FileProblems.self) { try run(text) }
    #expect(problems?.problems.map(\.line) == [3, 4])
  }

  @Test func `a trace needs an extension that is known`() throws {
    let file = try TextFile("x", name: "trace.txt")
    #expect(throws: OriginalProblems.self) {
      try OriginalTrace(path: file.path, Behaviour()).read { _ in }
    }
  }
}
