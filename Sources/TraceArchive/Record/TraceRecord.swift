/// One request as a trace tells it: everything that llm-trace can say. A field without a value is
/// unknown. Readers use one record again for every row, so that a row costs no allocation.
package struct TraceRecord: Sendable {
  /// Bit i: field i has a value.
  package private(set) var present: UInt64 = 0
  private var integers = [Int64](repeating: 0, count: TraceField.allCases.count)
  private var texts = [String](repeating: "", count: TraceField.allCases.count)
  private var dependencies: [Int64] = []
  private var blocks = BlockRuns()

  /// Nanoseconds beyond the whole microseconds of the arrival, 0 to 999.
  package var arrivalNanoseconds: Int64 = 0
  /// The prompt and the answer as token ids, where a trace has them.
  package var inputIDs: [Int32] = []
  package var outputIDs: [Int32] = []
  /// What happened in the request and between it and the next.
  package var events: [TraceEvent] = []
  /// When the parts of the answer reached the client, in their order.
  package var chunks: [TraceChunk] = []
  /// The line of the source, from 1; 0: none.
  package var line = 0

  package init() {}

  package mutating func clear() {
    present = 0
    arrivalNanoseconds = 0
    inputIDs.removeAll(keepingCapacity: true)
    outputIDs.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    chunks.removeAll(keepingCapacity: true)
    line = 0
  }

  package func has(_ field: TraceField) -> Bool { present & (1 << UInt64(field.rawValue)) != 0 }

  package mutating func remove(_ field: TraceField) { present &= ~(1 << UInt64(field.rawValue)) }

  /// The value of a field of whole numbers; a flag is 0 or 1.
  package subscript(field: TraceField) -> Int64? {
    get { has(field) ? integers[field.rawValue] : nil }
    set {
      guard let newValue else { return remove(field) }
      integers[field.rawValue] = newValue
      present |= 1 << UInt64(field.rawValue)
    }
  }

  /// The value of a field of words, text or JSON.
  package subscript(text field: TraceField) -> String? {
    get { has(field) ? texts[field.rawValue] : nil }
    set {
      guard let newValue else { return remove(field) }
      texts[field.rawValue] = newValue
      present |= 1 << UInt64(field.rawValue)
    }
  }

  /// Requests that end before this one is sent; empty: only the parent.
  package var dependsOn: [Int64] {
    get { has(.dependsOn) ? dependencies : [] }
    set {
      dependencies = newValue
      mark(.dependsOn, !newValue.isEmpty)
    }
  }

  /// The ids of the prompt's blocks.
  package var prefixRuns: BlockRuns {
    get { has(.prefixIDs) ? blocks : BlockRuns() }
    set {
      blocks = newValue
      mark(.prefixIDs, !newValue.isEmpty)
    }
  }

  /// The same, each by itself: for what needs every one.
  package var prefixIDs: [Int64] {
    get { prefixRuns.ids }
    set { prefixRuns = BlockRuns(newValue) }
  }

  private mutating func mark(_ field: TraceField, _ isPresent: Bool) {
    if isPresent { present |= 1 << UInt64(field.rawValue) } else { remove(field) }
  }

  /// The arrival in nanoseconds from the trace's origin.
  package var arrival: Int64? {
    get { self[.arrival].map { $0 * 1000 + arrivalNanoseconds } }
    set {
      guard let newValue else { return remove(.arrival) }
      let microseconds = newValue >= 0 ? newValue / 1000 : (newValue - 999) / 1000
      self[.arrival] = microseconds
      arrivalNanoseconds = newValue - microseconds * 1000
    }
  }

  package var id: Int64 {
    get { self[.requestID] ?? -1 }
    set { self[.requestID] = newValue }
  }

  package var inputTokens: Int64 {
    get { self[.inputTokens] ?? 0 }
    set { self[.inputTokens] = newValue }
  }

  package var outputTokens: Int64 {
    get { self[.outputTokens] ?? 0 }
    set { self[.outputTokens] = newValue }
  }

  package var session: String? {
    get { self[text: .sessionID] }
    set { self[text: .sessionID] = newValue }
  }

  package var agent: String? {
    get { self[text: .agentID] }
    set { self[text: .agentID] = newValue }
  }
}

extension TraceRecord {
  /// What is wrong with a number that no column can hold; nil: nothing. Sinks add such numbers up.
  package var outOfBounds: String? {
    var rest = present
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      rest &= rest - 1
      guard let bounds = TraceField.bounds[index], !bounds.contains(integers[index]) else {
        continue
      }
      let value = integers[index]
      return """
        \(TraceField.allCases[index].name): found \(value); allowed are whole numbers from \(bounds.lowerBound) to \
        \(bounds.upperBound)
        """
    }
    return nil
  }
}

/// Something that happened to a request: a tool call, a token, a message.
package struct TraceEvent: Hashable, Sendable {
  package var kind: String
  /// Microseconds since the trace's origin.
  package var at: Int64?
  /// Microseconds.
  package var duration: Int64?
  package var name: String?
  package var isError: Bool?
  /// JSON of what else is known.
  package var extra: String?

  package init(
    kind: String, at: Int64? = nil, duration: Int64? = nil, name: String? = nil,
    isError: Bool? = nil, extra: String? = nil
  ) {
    self.kind = kind
    self.at = at
    self.duration = duration
    self.name = name
    self.isError = isError
    self.extra = extra
  }
}

/// A part of a streamed answer.
package struct TraceChunk: Hashable, Sendable {
  /// Microseconds from the request's arrival.
  package var at: Int64
  /// How many tokens it brought; nil: unknown.
  package var tokens: Int64?

  package init(at: Int64, tokens: Int64?) {
    self.at = at
    self.tokens = tokens
  }
}

/// A value that something beside the requests had at some time: a server's or a device's.
package struct TraceSample: Hashable, Sendable {
  /// Microseconds since the trace's origin.
  package var at: Int64
  /// What told it: `server`, `device`.
  package var source: String
  /// The name under which the source gives it.
  package var name: String
  /// What tells it from other values of the name, as `key=value` joined by `;`.
  package var labels: String
  package var value: Double

  package init(at: Int64, source: String, name: String, labels: String, value: Double) {
    self.at = at
    self.source = source
    self.name = name
    self.labels = labels
    self.value = value
  }
}

/// What a trace says of a conversation as a whole.
package struct TraceSession: Hashable, Sendable {
  package var id: String
  /// Microseconds since the trace's origin.
  package var arrival: Int64?
  package var tenant: String?
  package var app: String?
  package var turns: Int64?
  package var systemTokens: Int64?
  package var toolTokens: Int64?
  package var models: [String]
  /// JSON of what else is known.
  package var extra: String?

  package init(id: String, models: [String] = []) {
    self.id = id
    self.models = models
  }
}
