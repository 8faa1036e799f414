/// Dates with times as logs write them.
package enum Timestamp {
  /// Milliseconds since 1970 of a date with a time, rounded down; nil when it is none.
  package static func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return nanoseconds(bytes.span).map {
      ($0 - ($0 % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000
    }
  }

  /// Nanoseconds since 1970 of `2023-11-16 18:15:46.6805900`: `T` or a space in the middle, fractional
  /// digits or none after a point or comma, and `Z`, `+01:00`, `+0100`, `+01`, `UTC` or no zone (then
  /// UTC). Days may be written `2023/11/16`, or as web servers do, `16/Nov/2023:18:15:46 +0000`; with the
  /// month's name or `PM`, see `TimestampWords`; or without separators, `20231116T181546Z`. nil when it
  /// is none, or beyond what numbers of nanoseconds hold (1900 to 2095).
  package static func nanoseconds(_ text: borrowing Span<UInt8>) -> Int64? {
    guard text.count >= 16, text.count <= 96 else { return nil }
    if text[2] == UInt8(ascii: "/") || text[0] == UInt8(ascii: "[") { return ofWebServer(text) }
    let dash = text[4]
    guard dash == UInt8(ascii: "-") || dash == UInt8(ascii: "/"), text[7] == dash,
      text[10] == UInt8(ascii: " ") || text[10] | 0x20 == UInt8(ascii: "t"),
      let year = number(text, 0, 4), let month = number(text, 5, 2), let day = number(text, 8, 2)
    else { return ofOtherForms(text) }
    // `PM` at the end is a letter.
    return time(text, from: 11, day: (year, month, day))
      ?? (text[text.count - 1] | 0x20 == UInt8(ascii: "m") ? ofWords(text) : nil)
  }

  private static func ofOtherForms(_ text: borrowing Span<UInt8>) -> Int64? {
    if text[8] | 0x20 == UInt8(ascii: "t"), let year = number(text, 0, 4),
      let month = number(text, 4, 2), let day = number(text, 6, 2), let hour = number(text, 9, 2),
      let minute = number(text, 11, 2), let second = number(text, 13, 2)
    {
      func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
      let zone = String(decoding: text.extracting(15..<text.count).bytes, as: UTF8.self)
      let date =
        "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))\(zone)"
      return year < 1000 ? nil : nanoseconds(Array(date.utf8).span)
    }
    return isWorded(text) ? ofWords(text) : nil
  }

  private static func ofWords(_ text: borrowing Span<UInt8>) -> Int64? {
    let words = String(decoding: text.bytes, as: UTF8.self)
    guard let date = TimestampWords.standard(words) else { return nil }
    // It stands in the first form, or it is none.
    let bytes = Array(date.utf8)
    return bytes.count >= 16 && bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-")
      && bytes[10] == UInt8(ascii: "T") ? nanoseconds(bytes.span) : nil
  }

  /// Whether some of it are letters and some a time of day.
  private static func isWorded(_ text: borrowing Span<UInt8>) -> Bool {
    var letters = 0
    var colons = 0
    for at in text.indices {
      if text[at] == UInt8(ascii: ":") { colons += 1 }
      if (97...122).contains(text[at] | 0x20) { letters += 1 }
    }
    return letters >= 3 && colons >= 1
  }

  /// `16/Nov/2023:18:15:46 +0000`, maybe in brackets.
  private static func ofWebServer(_ text: borrowing Span<UInt8>) -> Int64? {
    let isInBrackets = text[0] == UInt8(ascii: "[")
    if isInBrackets, text[text.count - 1] != UInt8(ascii: "]") { return nil }
    let text = isInBrackets ? text.extracting(1..<text.count - 1) : text.extracting(...)
    guard text.count >= 20, text[2] == UInt8(ascii: "/"), text[6] == UInt8(ascii: "/"),
      text[11] == UInt8(ascii: ":"), let day = number(text, 0, 2), let year = number(text, 7, 4)
    else { return nil }
    let name = text.extracting(3..<6).bytes.map { $0 | 0x20 }
    guard let month = months.firstIndex(of: name) else { return nil }
    return time(text, from: 12, day: (year, month + 1, day))
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ].map { Array($0.utf8) }

  /// The time of day from `start` on, with its zone.
  @inline(__always)
  private static func time(
    _ text: borrowing Span<UInt8>, from start: Int, day date: (year: Int, month: Int, day: Int)
  ) -> Int64? {
    let (year, month, day) = date
    guard text.count >= start + 5, text[start + 2] == UInt8(ascii: ":"),
      let hour = number(text, start, 2), let minute = number(text, start + 3, 2),
      (1900...2095).contains(year), (1...12).contains(month),
      (1...daysInMonth(month, year)).contains(day), hour < 24, minute < 60
    else { return nil }
    var at = start + 5
    var second = 0
    if at < text.count, text[at] == UInt8(ascii: ":") {
      guard let seconds = number(text, at + 1, 2), seconds <= 60 else { return nil }
      second = seconds
      at += 3
    }
    guard let fraction = fraction(text, &at), let zone = zoneMinutes(text, at) else { return nil }
    let minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - zone
    return Int64(minutes * 60 + second) * 1_000_000_000 + fraction
  }

  /// Nanoseconds since 1970 as `2023-11-16T18:15:46.680590Z`, with as many decimals as needed.
  package static func text(nanoseconds: Int64) -> String {
    let second = Int64(1_000_000_000)
    let fraction = (nanoseconds % second + second) % second
    let seconds = (nanoseconds - fraction) / second
    let ofDay = (seconds % 86_400 + 86_400) % 86_400
    let (year, month, day) = date(daysSince1970: Int((seconds - ofDay) / 86_400))
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    var text = "\(year)-\(two(Int64(month)))-\(two(Int64(day)))T"
    text += "\(two(ofDay / 3600)):\(two(ofDay / 60 % 60)):\(two(ofDay % 60))"
    if fraction > 0 {
      let digits = String(second + fraction).dropFirst()
      text += "." + digits.prefix(digits.count - (digits.reversed().prefix { $0 == "0" }.count))
    }
    return text + "Z"
  }

  private static func date(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
    let days = daysSince1970 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let ofEra = days - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * ofYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, ofYear - (153 * marchMonth + 2) / 5 + 1)
  }

  @inline(__always)
  private static func number(
    _ text: borrowing Span<UInt8>, _ start: Int, _ digits: Int
  ) -> Int? {
    guard start + digits <= text.count else { return nil }
    var value = 0
    for at in start..<start + digits {
      let digit = text[at] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  private static func fraction(_ text: borrowing Span<UInt8>, _ at: inout Int) -> Int64? {
    guard at < text.count, text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: ",") else {
      return 0
    }
    at += 1
    var value: Int64 = 0
    var unit: Int64 = 1_000_000_000
    while at < text.count {
      let digit = text[at] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      at += 1
      // Beyond nanoseconds nothing counts.
      guard unit > 1 else { continue }
      unit /= 10
      value += Int64(digit) * unit
    }
    return unit == 1_000_000_000 ? nil : value
  }

  private static func zoneMinutes(_ text: borrowing Span<UInt8>, _ start: Int) -> Int? {
    guard start < text.count else { return 0 }
    let at = text[start] == UInt8(ascii: " ") ? start + 1 : start
    let rest = text.count - at
    if rest == 3, isUTC(text, at) { return 0 }
    // Go writes the zone twice, `+0000 UTC`.
    if rest == 9, text[at + 5] == UInt8(ascii: " "), isUTC(text, at + 6) {
      return zoneMinutes(text.extracting(0..<at + 5), at)
    }
    if rest == 1 { return text[at] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
    let isWest = text[at] == UInt8(ascii: "-")
    guard isWest || text[at] == UInt8(ascii: "+"), let hours = number(text, at + 1, 2) else {
      return nil
    }
    var minutes = 0
    switch rest {
    case 3: break
    case 5:
      guard let found = number(text, at + 3, 2) else { return nil }
      minutes = found
    case 6 where text[at + 3] == UInt8(ascii: ":"):
      guard let found = number(text, at + 4, 2) else { return nil }
      minutes = found
    default: return nil
    }
    guard hours < 24, minutes < 60 else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  private static func isUTC(_ text: borrowing Span<UInt8>, _ at: Int) -> Bool {
    let name = text.extracting(at..<at + 3).bytes.map { $0 | 0x20 }
    return name == Array("utc".utf8) || name == Array("gmt".utf8)
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func daysInMonth(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Counts years from March, so that a leap day is a year's last day.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let marchMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }
}
