/// Any CSV with a header, by a map of its columns; well-known names need none.
enum CSVReader: TraceReader {
  static let summary = "any CSV with a header (columns by name, or by --map)"
  static let isJSONLines: Bool? = false
  static let required = ["input_tokens", "output_tokens"]
  static let fields = TraceField.allCases.filter { $0 != .requestID }
  static let isUnordered = true

  /// The names that a column may have unasked, by what it is taken for.
  private static let known: [(target: String, names: [String])] = [
    ("input_tokens", ["prompt_tokens", "input_length", "prompt_len", "request_tokens"]),
    ("output_tokens", ["completion_tokens", "output_length", "output_len", "response_tokens"]),
    ("input_tokens", ["user_tokens"]), ("output_tokens", ["assistant_tokens"]),
    ("arrival_s", ["arrived_at", "arrival_time_s", "t_s"]),
    ("arrival_us", ["timestamp_us"]), ("arrival_ms", ["timestamp_ms"]),
    ("session_id", ["session", "conversation", "conversation_id", "trace_id"]),
    ("turn", ["turn_id", "seq"]), ("agent_id", ["agent_path"]), ("tenant_id", ["tenant"]),
    ("e2e_s", ["api_time_s", "latency_s"]), ("think_s", ["think_time_s"]),
    ("finish_reason", ["stop"]),
  ]

  /// What each target stands for: a field and, for times, its unit.
  static let targets: [String: (field: TraceField, unit: TimeUnit?)] = {
    var targets: [String: (field: TraceField, unit: TimeUnit?)] = [:]
    for field in fields {
      guard field.name.hasSuffix("_us") else {
        targets[field.name] = (field, nil)
        continue
      }
      let units: [(String, TimeUnit)] = [
        ("s", .seconds), ("ms", .milliseconds), ("us", .microseconds), ("ns", .nanoseconds),
      ]
      for (suffix, unit) in units {
        targets[String(field.name.dropLast(2)) + suffix] = (field, unit)
      }
    }
    targets["arrival_date"] = (.arrival, nil)
    return targets
  }()

  static func canRead(_ names: [String]) -> Bool {
    let map = map(names)
    return required.allSatisfy { target in map.contains { $0.target == target } }
  }

  /// Each target that one of the names stands for.
  private static func map(_ names: [String]) -> [(target: String, column: String)] {
    var map: [(target: String, column: String)] = []
    for name in names where targets[name] != nil { map.append((name, name)) }
    for (target, synonyms) in known where !map.contains(where: { $0.target == target }) {
      if let name = synonyms.first(where: { names.contains($0) }) { map.append((target, name)) }
    }
    return map
  }

  static func read(_ feed: TraceFeed) throws(TraceProblems) {
    var map: [(target: String, column: String)] = []
    for entry in feed.options.columns {
      let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, targets[parts[0]] != nil else {
        throw TraceProblems(TraceProblem(file: feed.path, message: fault(entry)))
      }
      map.append((parts[0], parts[1]))
    }
    let names = try FormatGuess.header(feed.path)
    for (target, column) in Self.map(names) {
      guard let field = targets[target]?.field,
        !map.contains(where: { targets[$0.target]?.field == field || $0.column == column })
      else { continue }
      map.append((target, column))
    }
    for target in required where !map.contains(where: { $0.target == target }) {
      map.append((target, target))
    }
    if map.contains(where: { $0.column == "user_tokens" }) {
      feed.header["tokens", "input_semantics"] = .string("new_only")
    }
    feed.note("columns: \(map.map { "\($0.target)=\($0.column)" }.joined(separator: ", "))")
    try read(map, feed)
  }

  private static func read(
    _ map: [(target: String, column: String)], _ feed: TraceFeed
  ) throws(TraceProblems) {
    let takes = map.enumerated().compactMap { index, entry in
      targets[entry.target].map {
        (target: $0, column: index, isDate: entry.target == "arrival_date")
      }
    }
    try feed.eachRow(RowLayout(syntax: .csv, required: map.map(\.column))) { rows, record in
      for (target, column, isDate) in takes {
        if isDate {
          record.arrival = rows.timestamp(column)
        } else if let unit = target.unit {
          rows.take(&record, target.field, column, unit)
        } else if target.field.isRequired {
          rows.need(&record, target.field, column)
        } else {
          rows.take(&record, target.field, column)
        }
      }
    }
  }

  private static func fault(_ entry: String) -> String {
    let name = String(entry.prefix { $0 != "=" })
    let hint = Spelling.hint(for: name, of: targets.keys.sorted())
    return """
      --map: found \(excerpt(entry)); expected FIELD=COLUMN with a field of llm-trace, times also \
      with _s, _ms or _ns, or arrival_date\(hint)
      """
  }
}
