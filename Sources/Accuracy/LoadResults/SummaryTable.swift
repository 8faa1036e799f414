import TextAndBytes

/// The tables of genai-perf (`profile_export_genai_perf.csv`) and aiperf (`profile_export_aiperf.csv`)
/// as the objects that their summaries are: `Time To First Token (ms)` with its statistics, and, in a
/// table of its own, metrics with one value.
struct SummaryTable {
  let json: JSON
  let fields: ResultFields

  /// nil: the file is none.
  init?(path: String) throws(FileProblem) {
    guard path.hasSuffix(".csv") || path.hasSuffix(".csv.gz") else { return nil }
    var lines = try LineReader.open(path: path)
    var header: [String] = []
    var metrics: [(key: String, value: JSON)] = []
    while try lines.advance() {
      let cells = CSVTable.names(lines.buffer.span.extracting(lines.line))
      guard let name = cells.first else { continue }
      if name == "Metric" {
        header = cells.dropFirst().map { $0 == "Value" ? "avg" : $0 }
        continue
      }
      // Other files begin otherwise; GPUs have a table after these.
      guard !header.isEmpty, header.contains("avg") else { return nil }
      guard cells.count <= header.count + 1, name != "Endpoint" else { break }
      metrics.append(Self.metric(name, header, Array(cells.dropFirst())))
    }
    guard !metrics.isEmpty else { return nil }
    json = .object(of: metrics)
    fields = ResultFields(file: path, line: 1)
  }

  private static func metric(
    _ title: String, _ header: [String], _ cells: [String]
  ) -> (String, JSON) {
    var name = title
    var unit: String?
    if let open = title.lastIndex(of: "("), title.hasSuffix(")") {
      unit = String(title[title.index(after: open)...].dropLast())
      name = String(title[..<open])
    }
    let words = name.split(separator: " ").map { $0.lowercased() }
    // Thousands have commas.
    let values = zip(header, cells).filter { !$0.1.isEmpty }
      .map { ($0.0, JSON.number($0.1.replacing(",", with: ""))) }
    return (
      words.joined(separator: "_"),
      .object(of: [("unit", unit.map { .string($0) } ?? .null)] + values)
    )
  }
}
