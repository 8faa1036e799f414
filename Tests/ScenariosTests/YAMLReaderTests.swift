import SimKernel
import ServingSim
import Testing

@testable import Scenarios

struct YAMLReaderTests {
  @Test func `broken YAML names its line`() {
    let issues = decode("name: a\nseed: [1\nslo: {}\n").issues
    #expect(issues.count == 1)
    #expect(issues.first?.hasPrefix("s.yaml:3: not YAML: ") == true)
  }

  @Test func `a field stated twice is refused`() {
    #expect(
      decode("name: a\nseed: 1\nname: b\n").issues
        == ["s.yaml:1: \"name\" stated more than once, first on this line; keep one"])
  }

  @Test func `JSON is read as it is`() {
    let decoded = decode("{\n\t\"name\": \"a\",\n\t\"slo\": {\"ttft\": \"2 s\"}\n}\n")
    #expect(decoded.issues == [])
    #expect(decoded.scenario?.objectives.each[.timeToFirstToken]?.value.seconds == 2)
    #expect(
      decoded.scenario?.objectives.each[.timeToFirstToken]?.origin == .line(file: "s.yaml", 3))
  }

  @Test func `JSON may write a character in two escapes`() {
    let decoded = decode(
      #"{"name": "a \\ud83d \ud83d\ude00 \u00e9 \ud800\udc00\udbff\udfff","# + "\n\"seed\": -1}")
    // What is wrong further on keeps its line.
    #expect(decoded.issues.count == 1 && decoded.issues[0].hasPrefix("s.yaml:2: seed: found"))
    let sound = decode(#"{"name": "a \\ud83d \ud83d\ude00 \u00e9 \ud800\udc00\udbff\udfff"}"#)
    #expect(sound.scenario?.name?.value == "a \\ud83d 😀 é \u{10000}\u{10FFFF}")
  }

  @Test(arguments: [
    (#"\ud83d"#, true), (#"\ude00\ud83d"#, true), (#"\ud83dx\ude00"#, true),
    (#"\ud83d\\ude00"#, true),
    (#"\ud83d\ude00\ud83d\ud83d"#, true), (#"\ud83d\ude00"#, false),
  ])
  func `half a character is refused, and a pair in YAML`(escapes: String, isJSON: Bool) {
    let text =
      isJSON ? "{\n\n\"name\": \"\(escapes)\"}" : "# \"\n\nname: \"\(escapes)\""
    let issues = decode(text).issues
    #expect(issues.count == 1)
    #expect(issues.first?.hasPrefix("s.yaml:3: found half of a character") == true)
    #expect(issues.first?.contains("in YAML write") == !isJSON)
  }

  @Test func `what only looks like a pair stays as it is`() {
    #expect(decode(#"name: '\ud83d\ude00'"#).scenario?.name?.value == #"\ud83d\ude00"#)
    #expect(decode(#"name: "\Uffffffff""#).issues.first?.contains("not YAML: ") == true)
  }

  @Test func `aliases repeat a section`() {
    let text = """
      fleet:
        - name: a
          engine: &engine {max_num_seqs: 7}
        - name: b
          engine: *engine
      """
    #expect(decode(text).scenario?.fleet.map { $0.engine.maxNumSeqs?.value } == [7, 7])
  }

  @Test func `aliases that multiply are refused`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for i in 1...8 {
      let previous = Array(repeating: "*a\(i - 1)", count: 10).joined(separator: ", ")
      text += "a\(i): &a\(i) [\(previous)]\n"
    }
    #expect(decode(text).issues.first?.contains("more than 100000 values") == true)
  }

  @Test(arguments: ["", "# nothing\n", "---\n"])
  func `an empty file is an empty scenario`(text: String) {
    #expect(decode(text).issues == [])
  }

  @Test func `a file with a list at its top is refused`() {
    #expect(decode("- a\n").issues == ["s.yaml:1: found a list of 1; expected a mapping"])
  }
}
