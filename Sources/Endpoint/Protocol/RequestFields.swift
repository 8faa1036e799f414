import TextAndBytes

/// The fields of a request's body, and all that is wrong with them.
struct RequestFields {
  private let json: JSON
  private(set) var problems: [(field: String, message: String)] = []

  init(_ json: JSON) { self.json = json }

  subscript(name: String) -> JSON? { json[name] }

  /// All of them.
  var all: [JSON.Field] { json.fields ?? [] }

  mutating func problem(_ field: String, _ message: String) {
    problems.append((field, message))
  }

  /// Notes what is wrong with fields that nobody reads further.
  mutating func check(_ api: CompletionRequest.API) {
    for field in all {
      guard let treatment = RequestFieldList.treatment(of: field.key, in: api) else { continue }
      if let message = treatment.problem(field.value) { problem(field.key, message) }
    }
  }

  mutating func text(_ name: String) -> String? {
    guard let value = json[name] else { return nil }
    if value.text == nil { problem(name, "is no text") }
    return value.text
  }

  mutating func flag(_ name: String) -> Bool? {
    guard let value = json[name] else { return nil }
    if value.flag == nil { problem(name, "is neither true nor false") }
    return value.flag
  }

  mutating func integer(_ name: String, in range: ClosedRange<Int64>) -> Int64? {
    guard let value = json[name] else { return nil }
    guard case .integer(let number) = value else {
      problem(name, "is no whole number")
      return nil
    }
    guard range.contains(number) else {
      problem(name, "is \(number); it lies between \(range.lowerBound) and \(range.upperBound)")
      return nil
    }
    return number
  }

  /// All problems in one; nil: there is none.
  var error: APIError? {
    guard let first = problems.first else { return nil }
    let sentences = problems.map { "'\($0.field)' \($0.message)" }
    return .badRequest(sentences.joined(separator: ". "), field: first.field)
  }
}
