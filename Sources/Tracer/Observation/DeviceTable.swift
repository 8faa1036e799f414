/// Lines of a device's table: nvidia-smi with `--format=csv`, amd-smi with `--csv`, or any command
/// that prints a line of names and then lines of values, once or again and again.
package struct DeviceTable: Sendable {
  private var columns: [String] = []

  package init() {}

  /// A line's values by column, and what tells its device; nil: it has none, such as a header.
  package mutating func take(
    _ line: String
  ) -> (values: [(name: String, value: Double)], labels: String)? {
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
    guard cells.contains(where: { !$0.isEmpty }) else { return nil }
    guard cells.contains(where: { Self.number($0) != nil }) else {
      columns = cells
      return nil
    }
    guard cells.count == columns.count else { return nil }
    var values: [(name: String, value: Double)] = []
    var labels: [String] = []
    for (name, cell) in zip(columns, cells) {
      if Self.naming.contains(name.lowercased()) {
        labels.append("\(name)=\(cell)")
      } else if let value = Self.number(cell) {
        values.append((name, value))
      }
    }
    return values.isEmpty ? nil : (values, labels.joined(separator: ";"))
  }

  /// Columns that tell devices apart.
  private static let naming: Set<String> = ["index", "gpu", "uuid", "pci.bus_id", "hostname"]

  private static func trimmed(_ cell: Substring) -> String {
    var cell = cell
    while cell.first?.isWhitespace == true { cell.removeFirst() }
    while cell.last?.isWhitespace == true { cell.removeLast() }
    return String(cell)
  }

  /// `71.5 W` is 71.5: the unit stands in the header, too.
  private static func number(_ cell: String) -> Double? {
    let parts = cell.split(separator: " ")
    guard let first = parts.first, parts.count <= 2 else { return nil }
    return Double(first).flatMap { $0.isFinite ? $0 : nil }
  }
}
