import TextAndBytes

/// What requests say of themselves, under the names that every format may have it beside its own:
/// those of llm-trace, and of the OpenAI API.
enum SaidColumns {
  static let names: [(name: String, field: TraceField)] = [
    ("model", .model), ("adapter", .adapter), ("lora_adapter", .adapter),
    ("tenant_id", .tenantID), ("tenant", .tenantID), ("user_id", .userID), ("user", .userID),
    ("region", .region), ("slo_class", .sloClass), ("max_output_tokens", .maxOutputTokens),
    ("max_completion_tokens", .maxOutputTokens), ("max_tokens", .maxOutputTokens),
    ("ttft_slo_us", .ttftObjective), ("tpot_slo_us", .tpotObjective),
    ("e2e_slo_us", .endToEndObjective),
  ]

  /// The fields, each once.
  static let fields: [TraceField] = names.reduce(into: []) { fields, entry in
    if !fields.contains(entry.field) { fields.append(entry.field) }
  }

  /// Those that a format with `known` columns of its own does not ask for itself.
  static func names(beside known: [String]) -> [(name: String, field: TraceField)] {
    names.filter { !known.contains($0.name) }
  }
}

extension RecordReader {
  /// Takes what the row says of itself beside the format's own columns; `columns` stand from `first`
  /// on. What the format's own columns say goes before it.
  mutating func takeSaid(
    _ record: inout TraceRecord, _ columns: [(name: String, field: TraceField)], from first: Int
  ) {
    for (place, column) in columns.enumerated()
    where !isAbsent(first + place) && !record.has(column.field) {
      take(&record, column.field, first + place)
    }
  }
}

extension TraceRecord {
  /// Takes what `other`, such as the whole session, says where it says nothing itself.
  mutating func takeSaid(of other: TraceRecord) {
    for field in SaidColumns.fields where !has(field) && other.has(field) {
      if case .integer = field.kind {
        self[field] = other[field]
      } else {
        self[text: field] = other[text: field]
      }
    }
  }
}

extension ObjectFields {
  /// Takes what an object says of its request beside the format's own fields, which go before it.
  mutating func takeSaid(_ record: inout TraceRecord) {
    for column in SaidColumns.names where !record.has(column.field) {
      take(&record, column.field, column.name)
    }
  }
}
