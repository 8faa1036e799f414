/// Dates with the month's name or half a day's, as mails, consoles, browsers and spreadsheets write
/// them: `Mon, 02 Mar 2026 09:00:00 GMT`, `Mar 2, 2026 9:00:00 PM`, `Mon Mar 02 09:00:00 2026`. What
/// has only numbers is none of them, since day and month may stand in either order.
struct TimestampWords {
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var time: Substring?
  /// Hours to add to one from 0 to 11; nil: hours go up to 23.
  private var half: Int?
  private var zone = "Z"

  /// The same as `2026-03-02T09:00:00Z`; nil where the text is no such date.
  static func standard(_ text: String) -> String? {
    var words = TimestampWords()
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
      // Browsers tell the zone's name behind it.
      if word.hasPrefix("(") { break }
      guard words.take(word) else { return nil }
    }
    return words.text
  }

  private mutating func take(_ word: Substring) -> Bool {
    let lower = word.lowercased()
    if Self.ignored.contains(lower) || Self.isName(lower, of: Self.days) != nil { return true }
    if word.contains(":"), time == nil { return Self.set(&time, word) }
    if let number = Int(word), number >= 0, word.first != "+" {
      return word.utf8.count == 4 ? Self.set(&year, number) : Self.set(&day, number)
    }
    if let number = Self.isName(lower, of: Self.months) { return Self.set(&month, number + 1) }
    switch lower {
    case "am": return Self.set(&half, 0)
    case "pm": return Self.set(&half, 12)
    default: break
    }
    // 02-Mar-2026
    let parts = word.split(separator: "-")
    if parts.count == 3, parts.contains(where: { $0.first?.isLetter == true }) {
      return parts.allSatisfy { take($0) }
    }
    let numbers = word.split(whereSeparator: { $0 == "-" || $0 == "/" }).compactMap { Int($0) }
    if numbers.count == 3, word.prefix(4).allSatisfy(\.isNumber) {
      return Self.set(&year, numbers[0]) && Self.set(&month, numbers[1])
        && Self.set(&day, numbers[2])
    }
    return takeZone(lower)
  }

  private mutating func takeZone(_ word: String) -> Bool {
    var rest = word[...]
    if let name = ["utc", "gmt", "z"].first(where: { rest.hasPrefix($0) }) {
      rest = rest.dropFirst(name.count)
    }
    guard rest.isEmpty || rest.first == "+" || rest.first == "-", rest.utf8.count <= 6 else {
      return false
    }
    if !rest.isEmpty { zone = String(rest) }
    return true
  }

  private static func set<Value>(_ value: inout Value?, _ new: Value) -> Bool {
    guard value == nil else { return false }
    value = new
    return true
  }

  private var text: String? {
    guard let year, let month, let day, let time, let clock = clock(time) else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))T\(clock)\(zone)"
  }

  /// A time of day in 24 hours, each part with two digits.
  private func clock(_ time: Substring) -> String? {
    let parts = time.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, var hour = Int(parts[0]), parts[0].utf8.count <= 2 else { return nil }
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    }
    return (hour < 10 ? "0" : "") + "\(hour):\(parts[1])"
  }

  /// The place of a name that the word is or, from its third letter on, begins.
  private static func isName(_ word: String, of names: [String]) -> Int? {
    guard word.utf8.count >= 3 else { return nil }
    let word = word.hasSuffix(".") ? String(word.dropLast()) : word
    return names.firstIndex { $0 == word || ($0.hasPrefix(word) && word.utf8.count <= 4) }
  }

  private static let ignored: Set<String> = ["@", "at", "-"]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let days = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}
