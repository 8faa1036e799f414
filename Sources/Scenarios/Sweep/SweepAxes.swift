import TextAndBytes

/// Decodes `axes` of a sweep file: a mapping in which each field is an axis of its own, or a list of
/// mappings whose fields change together.
struct SweepAxes {
  private(set) var axes: [SweepAxis] = []
  private let issues: IssueList

  init(_ fields: Fields) {
    issues = fields.issues
    let expected = "a mapping of fields to their values, or a list of such mappings"
    guard let node = fields.node("axes", expected), !node.isEmpty else { return }
    switch node.content {
    case .mapping(let entries):
      for entry in entries { add([entry], at: "axes.\(entry.key)", entry.origin) }
    case .list(let items):
      for (index, item) in items.enumerated() {
        guard case .mapping(let entries) = item.content, !entries.isEmpty else {
          issues.add(item.origin, "axes.\(index)", "found \(item.found); expected a mapping")
          continue
        }
        add(entries, at: "axes.\(index)", item.origin)
      }
    case .scalar:
      issues.add(node.origin, "axes", "found \(node.found); expected \(expected)")
    }
    noteDoubles(node.origin)
  }

  /// One axis, of fields that change together.
  private mutating func add(_ entries: [DocumentNode.Entry], at path: String, _ origin: Origin) {
    let parts = entries.compactMap { entry in
      axis(entry, at: entries.count == 1 ? path : "\(path).\(entry.key)")
    }
    guard parts.count == entries.count, let first = parts.first else { return }
    guard parts.allSatisfy({ $0.points.count == first.points.count }) else {
      let counts = zip(entries, parts).map { "\($0.key) has \($1.points.count)" }
      issues.add(
        origin, path,
        "fields that change together need as many values each; \(counts.joined(separator: ", "))")
      return
    }
    let points = first.points.indices.map { index in
      SweepAxis.Point(
        labels: parts.flatMap { $0.points[index].labels },
        overrides: parts.flatMap { $0.points[index].overrides })
    }
    axes.append(SweepAxis(columns: parts.flatMap(\.columns), points: points))
  }

  /// The values of one field, or the named settings of several.
  private func axis(_ entry: DocumentNode.Entry, at path: String) -> SweepAxis? {
    if let named = namedSettings(entry, at: path) { return named }
    guard Override.isPath(entry.key) else {
      issues.add(entry.origin, path, "found \"\(entry.key)\"; expected a field like fleet.replicas")
      return nil
    }
    guard entry.key != "seed" else {
      issues.add(entry.origin, path, "seeds are stated by the sweep's seeds, not by an axis")
      return nil
    }
    guard let values = values(entry.value, at: path) else { return nil }
    noteRepeats(values.map(\.label), entry, at: path)
    return SweepAxis(
      columns: [entry.key],
      points: values.map { value in
        SweepAxis.Point(
          labels: [value.label],
          overrides: [Override(path: entry.key, value: value, origin: value.origin)])
      })
  }

  private func values(_ node: DocumentNode, at path: String) -> [DocumentNode]? {
    switch node.content {
    case .list(let items) where !items.isEmpty: return items
    case .mapping: return SweepRange(node, path: path, issues: issues)?.values
    case .list, .scalar:
      issues.add(
        node.origin, path,
        "found \(node.found); expected a list of values, like [1, 2, 4], or a range, like "
          + "{from: 1, to: 9, step: 2}")
      return nil
    }
  }

  /// `plan: {small: {fleet.replicas: 1}, large: {fleet.replicas: 8}}`; nil: it is something else.
  private func namedSettings(_ entry: DocumentNode.Entry, at path: String) -> SweepAxis? {
    guard case .mapping(let named) = entry.value.content, !named.isEmpty,
      named.allSatisfy(\.value.isMapping)
    else { return nil }
    let points = named.map { point in
      guard case .mapping(let settings) = point.value.content else {
        return SweepAxis.Point(labels: [point.key], overrides: [])
      }
      for setting in settings where !Override.isPath(setting.key) {
        issues.add(
          setting.origin, "\(path).\(point.key)",
          "found \"\(setting.key)\"; expected a field like fleet.replicas")
      }
      let overrides = settings.filter { Override.isPath($0.key) }.map {
        Override(path: $0.key, value: $0.value, origin: $0.origin)
      }
      return SweepAxis.Point(labels: [point.key], overrides: overrides)
    }
    return SweepAxis(columns: [entry.key], points: points)
  }

  private func noteRepeats(_ labels: [String], _ entry: DocumentNode.Entry, at path: String) {
    for (index, label) in labels.enumerated() where labels[..<index].contains(label) {
      issues.add(entry.origin, path, "\"\(label)\" stated twice; keep one")
    }
  }

  private func noteDoubles(_ origin: Origin) {
    let columns = axes.flatMap(\.columns)
    for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
      issues.add(origin, "axes", "two axes are called \(column); keep one")
    }
  }
}
