extension TraceReading {
  /// What a file was taken for, in a line: columns and their meanings, and when requests came.
  package func said(of path: String) -> String {
    var parts = ["read as \(format.rawValue)"]
    let shown = meanings.filter { Self.told.contains($0.field) }
    if !shown.isEmpty { parts[0] += ": " + shown.map(\.text).joined(separator: ", ") }
    let more = meanings.count - shown.count
    if more > 0, !shown.isEmpty { parts[0] += " and \(more) more" }
    parts.append(arrivals.text(rowsWritten))
    return "\(path): \(parts.joined(separator: "; "))"
  }

  /// What changes a replay.
  private static let told: [TraceField] = [
    .arrival, .inputTokens, .outputTokens, .sessionID, .turn, .parentID, .dependsOn, .think,
    .priority, .sloClass, .deadline, .maxOutputTokens, .prefixIDs, .segments, .tenantID,
  ]
}
