/// What a request says of itself in words: the one list of such columns.
///
/// A case here, with its line in `definitions`, is all that a column takes: traces carry it,
/// policies see it (`RequestView.traits`), requests.csv and requests.parquet have it, and reports break down
/// by it.
package enum RequestLabel: Int, CaseIterable, Sendable {
  /// The model it asks for.
  case model
  /// The LoRA adapter.
  case adapter
  /// Who pays.
  case tenant
  /// The class of service.
  case serviceClass
  /// Where it comes from.
  case region

  /// Its column in requests.csv, and its name in reports.
  package var name: String { definition.name }
  /// Its column in an llm-trace.
  package var traceColumn: String { definition.traceColumn }
  /// What a list of them is called: a file of the bill and a key of report.json.
  package var plural: String { definition.plural }
  /// What one of them is, in words.
  package var phrase: String { definition.phrase }
  /// The head of a table's column.
  package var title: String { name.prefix(1).uppercased() + name.dropFirst() }

  private struct Definition {
    var name: String
    var traceColumn: String
    var plural: String
    var phrase: String
  }

  private var definition: Definition { Self.definitions[rawValue] }

  private static let definitions = [
    // The plural `models` is that of what replicas serve.
    Definition(
      name: "model", traceColumn: "model", plural: "requested_models", phrase: "requested model"),
    Definition(name: "adapter", traceColumn: "adapter", plural: "adapters", phrase: "adapter"),
    Definition(name: "tenant", traceColumn: "tenant_id", plural: "tenants", phrase: "tenant"),
    Definition(
      name: "class", traceColumn: "slo_class", plural: "classes", phrase: "class of service"),
    Definition(name: "region", traceColumn: "region", plural: "regions", phrase: "region"),
  ]
}

/// What a request says of itself in numbers: the one list of such columns. As with `RequestLabel`, a
/// case and its line in `definitions` are all that a column takes.
package enum RequestNumber: Int, CaseIterable, Sendable {
  /// The client's limit of the answer, in tokens, at least 1: the answer is cut to it.
  case maxTokens
  /// Objectives of this request, which go before those of the run; in picoseconds.
  case timeToFirstToken, timePerOutputToken, endToEnd

  /// How its values are to be read.
  package enum Kind: Sendable {
    case count
    /// Picoseconds; microseconds in a trace, seconds in requests.csv.
    case duration
  }

  /// Its column in requests.csv.
  package var name: String { definition.name }
  /// Its column in an llm-trace.
  package var traceColumn: String { definition.traceColumn }
  package var kind: Kind { definition.kind }

  private var definition: (name: String, traceColumn: String, kind: Kind) {
    Self.definitions[rawValue]
  }

  private static let definitions: [(name: String, traceColumn: String, kind: Kind)] = [
    ("max_tokens", "max_output_tokens", .count),
    ("ttft_slo_s", "ttft_slo_us", .duration),
    ("tpot_slo_s", "tpot_slo_us", .duration),
    ("e2e_slo_s", "e2e_slo_us", .duration),
  ]
}

/// A word for each request, out of a few.
package struct RequestLabels: Hashable, Sendable {
  /// The words, each once.
  package var names: [String]
  /// The number of each request's word; -1: none.
  package var ofRequest: [Int32]

  package init(names: [String], ofRequest: [Int32]) {
    self.names = names
    self.ofRequest = ofRequest
  }

  /// The word of a request; nil: none.
  package subscript(request: Int) -> String? {
    let number = ofRequest[request]
    return number < 0 ? nil : names[Int(number)]
  }
}

/// What the requests of a workload say of themselves, as columns. A column without any value is nil.
package struct RequestTraits: Hashable, Sendable {
  /// What stands in a column of numbers for no value.
  package static let none: Int64 = -1

  private var labels = [RequestLabels?](repeating: nil, count: RequestLabel.allCases.count)
  private var numbers = [[Int64]?](repeating: nil, count: RequestNumber.allCases.count)

  package init() {}

  package subscript(label: RequestLabel) -> RequestLabels? {
    get { labels[label.rawValue] }
    // In place: a column is not copied to change one value.
    _modify { yield &labels[label.rawValue] }
  }

  /// `none` where a request has no value.
  package subscript(number: RequestNumber) -> [Int64]? {
    get { numbers[number.rawValue] }
    _modify { yield &numbers[number.rawValue] }
  }

  package var isEmpty: Bool { labels.allSatisfy { $0 == nil } && numbers.allSatisfy { $0 == nil } }

  /// A request's number; nil: it has none.
  package func value(_ number: RequestNumber, of request: Int) -> Int64? {
    self[number].flatMap { $0[request] < 0 ? nil : $0[request] }
  }

  /// The traits of these requests, in this order.
  package func of(_ requests: [Int]) -> RequestTraits {
    var traits = self
    for label in RequestLabel.allCases {
      guard let ofRequest = self[label]?.ofRequest else { continue }
      traits[label]?.ofRequest = requests.map { ofRequest[$0] }
    }
    for number in RequestNumber.allCases {
      traits[number] = self[number].map { values in requests.map { values[$0] } }
    }
    return traits
  }

  /// The answer's tokens within the client's limit.
  package func limited(_ outputTokens: [Int32]) -> [Int32] {
    guard let limits = self[.maxTokens] else { return outputTokens }
    return zip(outputTokens, limits).map { tokens, limit in
      limit > 0 ? Int32(min(Int64(tokens), limit)) : tokens
    }
  }

  /// Whether each column that there is has a value for each of `count` requests.
  package func fit(_ count: Int) -> Bool {
    labels.allSatisfy { $0 == nil || $0?.ofRequest.count == count }
      && numbers.allSatisfy { $0 == nil || $0?.count == count }
  }
}

extension RequestTraits {
  /// Has a column of at least `rows` requests; the new ones have no value.
  package mutating func extend(_ label: RequestLabel, to rows: Int) {
    if self[label] == nil { self[label] = RequestLabels(names: [], ofRequest: []) }
    while let count = self[label]?.ofRequest.count, count < rows {
      self[label]?.ofRequest.append(-1)
    }
  }

  package mutating func extend(_ number: RequestNumber, to rows: Int) {
    if self[number] == nil { self[number] = [] }
    while let count = self[number]?.count, count < rows { self[number]?.append(Self.none) }
  }
}
