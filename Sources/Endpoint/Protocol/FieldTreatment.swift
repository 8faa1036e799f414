import TextAndBytes

/// What becomes of a field of a request.
enum FieldTreatment: Hashable, Sendable {
  /// It changes the answer as it does at a real server.
  case honoured
  /// A number that says how words are drawn, which have no meaning here: only its range is checked.
  case sampling(ClosedRange<Double>)
  /// Accepted: it changes nothing at vLLM either, or nothing that is simulated.
  case neutral
  /// 400, unless it asks for nothing: null, false, an empty text, list or object, or one of these.
  case refused(unless: [JSON] = [])

  /// What is wrong with a field of this value; nil: nothing.
  func problem(_ value: JSON) -> String? {
    switch self {
    case .honoured, .neutral: return nil
    case .sampling(let range):
      guard value != .null else { return nil }
      guard let number = value.number, range.contains(number) else {
        return "is \(Self.short(value)); expected a number from \(range.lowerBound.shortest) to "
          + range.upperBound.shortest
      }
      return nil
    case .refused(let allowed):
      var budget = SchemaBudget()
      if Self.asksForNothing(value) || (try? value.isAmong(allowed, &budget)) == true { return nil }
      let others = allowed.map { Self.short($0) }
      return "is \(Self.short(value)), which is not simulated; leave it out"
        + (others.isEmpty ? "" : " or say \(others.joined(separator: " or "))")
    }
  }

  private static func asksForNothing(_ value: JSON) -> Bool {
    switch value {
    case .null, .bool(false): true
    case .string(let text): text.isEmpty
    default: value.array?.isEmpty ?? value.fields?.isEmpty ?? false
    }
  }

  static func short(_ value: JSON) -> String {
    let text = value.compact
    return text.utf8.count > 40 ? "\(text.prefix(40))..." : text
  }
}

extension Double {
  /// Without a point where it is whole.
  fileprivate var shortest: String {
    self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : description
  }
}
