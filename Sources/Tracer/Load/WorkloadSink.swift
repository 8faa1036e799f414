package import TraceArchive
package import TextAndBytes

/// Turns the rows of a trace into requests that can be sent.
package final class WorkloadSink: TraceSink {
  package private(set) var requests: [PlannedRequest] = []
  /// Rows that cannot be sent: without a prompt or without an answer.
  package private(set) var leftOut = 0
  private let limit: Int
  private let rate: Double
  private var hashing: TraceHeader.Hashing?
  private var numbers: [Int64: Int] = [:]
  private var sessions: [String: UInt64] = [:]
  /// The content that a request's prompt is a beginning of, where later ones go on from it.
  private var chains: [UInt64] = []

  /// Takes at most `limit` requests; arrivals come `rate` times as fast.
  package init(limit: Int = .max, rate: Double = 1) {
    self.limit = limit
    self.rate = rate
  }

  package func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {
    hashing = header.hashing
  }

  package func take(_ record: TraceRecord) throws(FileProblem) {
    guard requests.count < limit else { return }
    guard record.inputTokens > 0, record.outputTokens > 0 else {
      leftOut += 1
      return
    }
    let number = requests.count
    numbers[record.id] = number
    let prompt = prompt(of: record, number)
    var request = PlannedRequest(
      number: number, prompt: prompt, inputTokens: record.inputTokens,
      maxTokens: record.outputTokens)
    if let arrival = record.arrival {
      request.arrival = Int64(Double(arrival) / rate)
    } else {
      let waited = record.dependsOn.isEmpty ? [record[.parentID]] : record.dependsOn.map { $0 }
      request.waitsFor = waited.compactMap { $0.flatMap { numbers[$0] } }
      request.think = (record[.think] ?? 0) * 1000
    }
    request.record = record
    requests.append(request)
  }

  private func prompt(of record: TraceRecord, _ number: Int) -> Prompt {
    let own = Content.of(.request, number)
    chains.append(own)
    if !record.inputIDs.isEmpty { return .ids(record.inputIDs) }
    let tokens = Int(record.inputTokens)
    if record.has(.prefixIDs), let size = hashing?.blockSize ?? record[.blockSize].map({ Int($0) })
    {
      return .drawn(blocks(of: record, size, tokens, own))
    }
    let segments = PromptSegment.list(record[text: .segments] ?? "")
    if !segments.isEmpty { return .drawn(parts(of: segments, tokens, own)) }
    if let parent = record[.parentID].flatMap({ numbers[$0] }),
      requests[parent].inputTokens <= record.inputTokens
    {
      chains[number] = chains[parent]
    }
    return .drawn([Prompt.Part(content: chains[number], tokens: tokens)])
  }

  /// Equal ids are equal blocks; what lies behind the last one is the request's own.
  private func blocks(
    of record: TraceRecord, _ size: Int, _ tokens: Int, _ own: UInt64
  ) -> [Prompt.Part] {
    let scope = hashing?.scope == .session ? session(record.session ?? "") : 0
    var parts: [Prompt.Part] = []
    var filled = 0
    for id in record.prefixIDs where filled < tokens {
      let length = min(size, tokens - filled)
      parts.append(Prompt.Part(content: Content.of(.block, id, scope), tokens: length))
      filled += length
    }
    if filled < tokens { parts.append(Prompt.Part(content: own, tokens: tokens - filled)) }
    return parts
  }

  private func session(_ name: String) -> UInt64 {
    if let number = sessions[name] { return number }
    let number = UInt64(sessions.count) + 1
    sessions[name] = number
    return number
  }

  private func parts(
    of segments: [PromptSegment], _ tokens: Int, _ own: UInt64
  ) -> [Prompt.Part] {
    var parts: [Prompt.Part] = []
    var filled = 0
    for segment in segments where filled < tokens && segment.tokens > 0 {
      let length = min(Int(segment.tokens), tokens - filled)
      let kind = segment.kind.utf8.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
      parts.append(Prompt.Part(content: Content.of(.segment, segment.id, kind), tokens: length))
      filled += length
    }
    if filled < tokens { parts.append(Prompt.Part(content: own, tokens: tokens - filled)) }
    return parts
  }
}

/// Numbers for what prompts are made of; equal ones mean equal tokens.
private enum Content: UInt64 {
  case request = 1
  case block
  case segment

  static func of(_ kind: Content, _ id: some BinaryInteger, _ scope: UInt64 = 0) -> UInt64 {
    (UInt64(truncatingIfNeeded: id) &* 0x9e37_79b9_7f4a_7c15) ^ (scope &* 0xbf58_476d_1ce4_e5b9)
      ^ (kind.rawValue << 61)
  }
}
