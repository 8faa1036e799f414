import TextAndBytes

/// run.json: whether it is one, and whether it is as it was written.
struct RunDocument {
  let root: RunValue
  private static let sumKey = "sha256"

  init(_ bytes: [UInt8]) throws(RunTablesError) {
    let json: JSON
    do throws(JSONFailure) {
      json = try JSON(bytes.span)
    } catch {
      // What begins like ours was cut.
      let isOurs = String(decoding: bytes.prefix(256), as: UTF8.self).contains(RunTables.format)
      throw isOurs ? .changed(RunTables.documentName) : .notARun
    }
    guard json["format"]?.text == RunTables.format else { throw .notARun }
    guard json["version"] == .integer(RunTables.version) else {
      throw .version(json["version"].map { RunValue.excerpt($0) } ?? "null")
    }
    guard let sum = json[Self.sumKey]?.text, Self.sum(of: json) == sum else {
      throw .changed(RunTables.documentName)
    }
    root = RunValue(json, at: "")
  }

  /// With the sum of itself as its last field.
  static func sealed(_ document: JSON) -> JSON {
    var sealed = document
    sealed[sumKey] = .string(sum(of: document))
    return sealed
  }

  /// SHA-256 of all other fields, without spaces and line breaks.
  private static func sum(of document: JSON) -> String {
    let others = (document.fields ?? []).filter { $0.key != sumKey }
    return SHA256.sum(of: JSON.object(others).compact)
  }
}

/// A value of run.json and where it stands there. What is read is held against what a run can have.
struct RunValue {
  private let json: JSON?
  private let path: String

  init(_ json: JSON?, at path: String) {
    self.json = json == .null ? nil : json
    self.path = path
  }

  subscript(key: String) -> RunValue {
    RunValue(json?[key], at: path.isEmpty ? key : "\(path).\(key)")
  }

  var isAbsent: Bool { json == nil }

  /// nil where there is none or null.
  func optional<Value>(
    _ read: (RunValue) throws(RunTablesError) -> Value
  ) throws(RunTablesError) -> Value? {
    isAbsent ? nil : try read(self)
  }

  func text() throws(RunTablesError) -> String {
    guard case .string(let text) = json else { throw fault("a text") }
    return text
  }

  /// A text that is one of few.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type
  ) throws(RunTablesError) -> Word {
    guard let word = Word(rawValue: try text()) else {
      throw fault("one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  func flag() throws(RunTablesError) -> Bool {
    guard case .bool(let flag) = json else { throw fault("true or false") }
    return flag
  }

  func integer(_ range: ClosedRange<Int64> = 0...Int64.max) throws(RunTablesError) -> Int64 {
    guard case .integer(let value) = json, range.contains(value) else {
      throw fault("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func whole() throws(RunTablesError) -> UInt64 {
    switch json {
    case .integer(let value) where value >= 0: return UInt64(value)
    case .number(let digits):
      guard let value = UInt64(digits) else { break }
      return value
    default: break
    }
    throw fault("a whole number from 0 to \(UInt64.max)")
  }

  /// Finite, and not below `least`.
  func number(from least: Double = 0) throws(RunTablesError) -> Double {
    let range = least...RunReader.numbers.upperBound
    switch json {
    case .integer, .number:
      guard let value = json?.double, range.contains(value) else { break }
      return value
    default: break
    }
    throw fault("a number from \(range.lowerBound) to \(range.upperBound)")
  }

  func items() throws(RunTablesError) -> [RunValue] {
    switch json {
    case .array, .integers: break
    default: throw fault("a list")
    }
    return (json?.array ?? []).enumerated().map { RunValue($1, at: "\(path)[\($0)]") }
  }

  func fault(_ expected: String) -> RunTablesError {
    .impossible(
      RunTables.documentName, path, found: json.map { Self.excerpt($0) } ?? "nothing",
      expected: expected)
  }

  /// The beginning of a value's text.
  static func excerpt(_ json: JSON) -> String {
    let text = json.compact
    return text.count > 40 ? text.prefix(40) + "..." : text
  }
}
