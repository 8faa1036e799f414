/// A word for each row, out of a few.
package struct TraceLabels: Hashable, Sendable {
  /// The words in order of appearance.
  package private(set) var names: [String] = []
  /// The number of each row's word; -1: none.
  package private(set) var ofRow: [Int32] = []
  private var numbers: [String: Int32] = [:]

  init() {}

  mutating func append(_ name: String?) {
    guard let name else { return ofRow.append(-1) }
    if let number = numbers[name] { return ofRow.append(number) }
    let number = Int32(names.count)
    numbers[name] = number
    names.append(name)
    ofRow.append(number)
  }

  /// Keeps the given rows, in the given order.
  mutating func keep(_ order: [Int32]) { ofRow = order.map { ofRow[Int($0)] } }
}
