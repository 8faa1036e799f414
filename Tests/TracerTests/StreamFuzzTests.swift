import SimKernel
import Testing

@testable import Tracer

private let streams = [
  "data: {\"choices\":[{\"text\":\"a\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}\n\n"
    + "data: {\"choices\":[],\"usage\":{\"completion_tokens\":2}}\r\n\r\ndata: [DONE]\n\n",
  "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n: ping\n\n"
    + "data: {\"choices\":[{\"delta\":{\"content\":\"\\u00e4\"},\"finish_reason\":\"stop\"}]}\n\n",
  "data: {\"error\":{\"code\":500,\"message\":\"x\"}}\n\n",
  "data: {\"choices\":[{\"text\":\"\",\"token_ids\":[1,2]}],\"timings\":{\"predicted_n\":4}}\r\r",
]

extension RandomStream {
  fileprivate mutating func mutated(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    let tokens = [
      "\"", "{", "[", "]}", "\\", "\n\n", "\r", "data:", "null", "-9", "\0", "\u{FEFF}",
    ]
    for _ in 0...integer(below: 4) where !bytes.isEmpty {
      let at = integer(below: bytes.count)
      let length = min(1 + integer(below: 9), bytes.count - at)
      switch integer(below: 4) {
      case 0: bytes[at] = UInt8(integer(below: 256))
      case 1: bytes.removeSubrange(at..<at + length)
      case 2: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
      default: bytes.insert(contentsOf: tokens[integer(below: tokens.count)].utf8, at: at)
      }
    }
    return bytes
  }
}

@Test func `no stream of bytes makes the parsers crash, and pieces do not matter`() {
  var random = RandomStream(seed: 3, .tests)
  var whole = 0
  for round in 0..<4000 {
    let bytes = random.mutated(streams[round % streams.count])
    var one = StreamedAnswer()
    one.feed(bytes.span, at: 1)
    one.finish(at: 1)
    var other = StreamedAnswer()
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 1 + random.integer(below: 20))
      other.feed(Array(bytes[start..<end]).span, at: 1)
      start = end
    }
    other.finish(at: 1)
    #expect(one.failure == other.failure)
    #expect(one.countedChunks == other.countedChunks)
    #expect(one.usage == other.usage)
    #expect(one.countedChunks.allSatisfy { ($0.tokens ?? 0) >= 0 })
    if one.failure == nil { whole += 1 }
  }
  #expect(whole > 100, "the mutations are too wild")
}

@Test func `no page of metrics makes its reader crash`() {
  var random = RandomStream(seed: 4, .tests)
  let page = "# HELP a b\na{x=\"1\",y=\"\\n\\\"\"} 2.5 1700000000\nb 3\nc{} +Inf\n"
  for _ in 0..<2000 {
    for sample in PrometheusText.samples(random.mutated(page)) { #expect(!sample.name.isEmpty) }
  }
}
