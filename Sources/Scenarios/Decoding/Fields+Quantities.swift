import ServingModel
import SimKernel

/// Numbers with a unit.
extension Fields {
  /// A quantity with its unit; above zero unless `zeroAllowed`.
  func quantity<Quantity: Hashable>(
    _ name: String, _ units: Units<Quantity>, zeroAllowed: Bool = false, _ meaning: String = "",
    _ absence: Absence = .optional
  ) -> Stated<Quantity>? {
    quantity(name, units, zeroAllowed: zeroAllowed, upTo: "", meaning, absence)
  }

  /// A time up to `most`.
  func duration(
    _ name: String, upTo most: SimDuration, zeroAllowed: Bool = false, _ meaning: String = "",
    _ absence: Absence = .optional
  ) -> Stated<SimDuration>? {
    let upTo = "up to \(Int(most.seconds)) s"
    let stated = quantity(
      name, .duration, zeroAllowed: zeroAllowed, upTo: ", \(upTo)", meaning, absence)
    guard let stated, stated.value > most else { return stated }
    issues.add(stated.origin, stated.path, "found \"\(stated.text)\"; expected a time \(upTo)")
    return nil
  }

  /// `upTo` is the end of what is declared; what exceeds it is the caller's to refuse.
  private func quantity<Quantity: Hashable>(
    _ name: String, _ units: Units<Quantity>, zeroAllowed: Bool, upTo: String, _ meaning: String,
    _ absence: Absence
  ) -> Stated<Quantity>? {
    let declared = units.expected(for: "", zeroAllowed: zeroAllowed) + upTo
    return node(name, declared, meaning, absence).flatMap {
      quantity($0, path: path(name), units, zeroAllowed: zeroAllowed)
    }
  }

  /// The same for a node that has been declared.
  func quantity<Quantity: Hashable>(
    _ node: DocumentNode, path: String, _ units: Units<Quantity>, zeroAllowed: Bool = true
  ) -> Stated<Quantity>? {
    var found = ""
    return scalar(
      node, path: path,
      expected: units.expected(for: found, zeroAllowed: zeroAllowed) + units.hint(for: found)
    ) {
      found = $0
      return units.parse($0).flatMap { $0 == units.make(0) && !zeroAllowed ? nil : $0 }
    }
  }

  /// A quantity with its unit, at least `least`.
  func quantity<Quantity: Comparable>(
    _ name: String, _ units: Units<Quantity>, atLeast least: String, _ meaning: String = "",
    _ absence: Absence = .optional
  ) -> Stated<Quantity>? {
    var found = ""
    return scalar(
      name, expected: "\(units.expected(for: found)), from \(least)\(units.hint(for: found))",
      meaning, absence
    ) { text in
      found = text
      guard let value = units.parse(text), let least = units.parse(least) else { return nil }
      return value < least ? nil : value
    }
  }

  /// Bytes as a plain number, as vLLM takes them, or a size with its unit.
  func byteCount(_ name: String, _ meaning: String) -> Stated<Bytes>? {
    scalar(name, expected: "bytes, or a size with its unit, like 24 GiB", meaning) { text in
      let plain = Double(text.filter { $0 != "_" }).map { $0 >= 1 && $0 <= 1e18 ? Bytes($0) : nil }
      return plain ?? Units<Bytes>.size.parse(text).flatMap { $0 > .zero ? $0 : nil }
    }
  }
}
