import TextAndBytes

/// Values that only traces have.
extension RecordReader {
  /// Whether the row has no number there: nothing, or what tables write for gaps, like `nan`.
  func isGap(_ column: Int) -> Bool { isAbsent(column) || isUnknown(column) }

  /// A token count, 0 included.
  mutating func tokens(_ column: Int) -> Int32? {
    let value = Numbers.integer(lines.buffer.span.extracting(range(column)))
    // Where semicolons stand between fields, points do between thousands.
    let isThousands =
      syntax == .csv && delimiter == UInt8(ascii: ";") && text(column).hasSuffix(".000")
    if let value, value >= 0, value <= Int64(Int32.max), !isThousands { return Int32(value) }
    let isNothing = isAbsent(column) || Numbers.isUnknown(text(column))
    reportFound(
      column,
      "token counts are whole numbers from 1"
        + (isNothing ? "; kavier trace import --lenient leaves such rows out" : ""))
    return nil
  }

  /// A time in the given unit, in nanoseconds.
  mutating func nanoseconds(_ column: Int, unit: TimeUnit) -> Int64? {
    if let value = decimal(column, scale: unit.decimals) { return value }
    reportFound(column, "allowed are numbers of \(unit.name)\(unitHint(column, unit))")
    return nil
  }

  /// What to do where a number is a time since 1970 in another unit.
  private func unitHint(_ column: Int, _ unit: TimeUnit) -> String {
    guard let value = Double(text(column)), let other = TimeUnit.ofEpoch(value), other != unit
    else {
      return ""
    }
    return "; it looks like \(other.name) since 1970: \(TimeUnit.howToSay(other))"
  }
}

extension TimeUnit {
  /// How a user says that times have a unit.
  static func howToSay(_ unit: TimeUnit) -> String {
    "--time-unit \(unit.rawValue), in a scenario workload.trace.time_unit: \(unit.rawValue)"
  }
}
