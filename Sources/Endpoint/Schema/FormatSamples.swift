import SimKernel

/// Texts of the formats that JSON Schema 2020-12 names.
enum FormatSamples {
  /// nil: a format that says nothing of a text's form.
  static func text(_ format: String, _ random: inout RandomStream) -> String? {
    func pick(_ range: ClosedRange<Int>, digits: Int = 0) -> String {
      let text = String(range.lowerBound + random.integer(below: range.count))
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    func hex(_ count: Int) -> String {
      (0..<count).map { _ in String(random.integer(below: 16), radix: 16) }.joined()
    }
    func word() -> String {
      let letters = Array("abcdefghiklmnoprstu")
      return String((0..<6).map { _ in letters[random.integer(below: letters.count)] })
    }
    func date() -> String {
      "\(pick(2000...2029))-\(pick(1...12, digits: 2))-\(pick(1...28, digits: 2))"
    }
    func time() -> String {
      "\(pick(0...23, digits: 2)):\(pick(0...59, digits: 2)):\(pick(0...59, digits: 2))Z"
    }
    switch format {
    case "date-time": return "\(date())T\(time())"
    case "date": return date()
    case "time": return time()
    case "duration": return "P\(pick(1...9))DT\(pick(1...23))H"
    case "email", "idn-email": return "\(word())@example.com"
    case "hostname", "idn-hostname": return "\(word()).example.com"
    case "ipv4": return "192.0.2.\(pick(1...254))"
    case "ipv6": return "2001:db8::\(hex(3)):1"
    case "uri", "iri", "url": return "https://example.com/\(word())"
    case "uri-reference", "iri-reference": return "/\(word())/\(word())"
    case "uri-template": return "/\(word())/{id}"
    case "uuid":
      return "\(hex(8))-\(hex(4))-4\(hex(3))-a\(hex(3))-\(hex(12))"
    case "json-pointer": return "/\(word())/0"
    case "relative-json-pointer": return "1/\(word())"
    case "regex": return "^\(word())$"
    case "byte": return "a2F2aWVy"
    default: return nil
    }
  }
}
