import SimKernel
package import TextAndBytes

/// Draws a trace from a profile.
package struct TraceGenerator {
  package enum Length: Hashable, Sendable {
    case requests(Int)
    /// Seconds of arrivals.
    case seconds(Double)
  }

  private let profile: TraceProfile
  private let seed: UInt64
  private let length: Length

  package init(_ profile: TraceProfile, seed: UInt64, length: Length) {
    self.profile = profile
    self.seed = seed
    self.length = length
  }

  /// Writes the trace as llm-trace.
  package func write(
    to directory: String, encoding: LLMTraceWriter.Encoding = .csv, replaces: Bool = false
  ) throws(FileProblems) -> TraceReading {
    let writer = try LLMTraceWriter(
      directory: directory, encoding: encoding, replaces: replaces)
    var reading = TraceReading(format: .llmTrace, header: header)
    do throws(FileProblem) {
      reading.rowsWritten = try generate(into: writer)
    } catch {
      throw FileProblems(error)
    }
    reading.rowsRead = reading.rowsWritten
    reading.header = try writer.finish(reading)
    return reading
  }

  private var header: TraceHeader {
    var header = TraceHeader()
    header["name"] = .string(profile.name)
    header["description"] = .string(profile.summary)
    header["provenance"] = .string("synthetic")
    header["licence", "spdx"] = .string("CC0-1.0")
    header["licence", "redistributable"] = .bool(true)
    let waits = profile.clients.contains { $0.session != nil }
    header["arrival_mode"] = .string(waits ? "mixed" : "open")
    if let size = profile.blockSize {
      header.hashing = TraceHeader.Hashing(
        kind: .prefixChain, blockSize: size, hasPartialBlocks: false)
    } else if profile.clients.contains(where: { $0.parts != nil }) {
      header["hashing", "kind"] = .string("component")
    }
    header.addTransform([
      .init("operation", .string("generate")), .init("profile", .string(profile.name)),
      .init("source", .string(profile.source)), .init("seed", .integer(Int64(bitPattern: seed))),
    ])
    return header
  }

  /// Hands the records on in order of arrival, those that wait behind what they wait for. Returns
  /// how many there are.
  package func generate(into sink: any TraceSink) throws(FileProblem) -> Int {
    try sink.begin(header, fields: Self.fields)
    var arrivals = profile.clients.indices.map { ArrivalTimes(profile, client: $0, seed: seed) }
    var next = arrivals.indices.map { arrivals[$0].next() }
    var writer = RequestWriter(profile, seed: seed, sink: sink)
    while true {
      guard let client = next.indices.min(by: { (next[$0], $0) < (next[$1], $1) }) else { break }
      switch length {
      case .requests(let count): guard writer.written < count else { return writer.written }
      case .seconds(let seconds): guard next[client] < seconds else { return writer.written }
      }
      guard next[client] < 1e9 else {
        throw FileProblem(
          file: profile.name,
          message: """
            request \(writer.written + 1) arrives more than 1000000000 s after the first: the \
            profile's rate is too low for so many
            """)
      }
      try writer.write(client: client, at: next[client])
      next[client] = arrivals[client].next()
    }
    return writer.written
  }

  private static let fields: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .parentID, .dependsOn, .link,
    .agentID, .think, .trigger, .model, .tenantID, .app, .sloClass, .reasoningTokens, .imageCount,
    .imageTokens, .prefixIDs, .segments,
  ]
}
