/// What a scenario may say in one field, as the call that decodes the field declares it. The
/// scenario reference and `kavier explain` are made of these.
package struct FieldDeclaration: Hashable, Sendable {
  /// `fleet.engine.max_num_seqs`. A list's elements have the path of the list.
  package var path: String
  /// What may be written, in the words of the message on a wrong value.
  package var expected: String
  /// The meanings of its words; none where the words say it.
  package var choices: [Choice] = []
  /// What the field does, in a sentence or two that may hold Markdown.
  package var meaning: String
  var absence: Absence
  /// The words that it can be stated with, when it is a choice.
  var words: [String] = []

  package struct Choice: Hashable, Sendable {
    package var word: String
    package var meaning: String
  }
}

/// What holds where a field is not stated.
struct Absence: Hashable, Sendable {
  /// It has to be stated, in the circumstances that `condition` names.
  var isRequired = false
  /// ``with `gamma` ``; empty: always.
  var condition = ""
  /// What the message asks for where the field is missing; nil: its section tells.
  var expected: String?
  /// What holds in its place.
  var usual: String?

  /// Nothing is asked for and nothing takes its place.
  static let optional = Absence()

  /// The field is missing wherever it is decoded and not stated.
  static func required(_ expected: String, _ condition: String = "") -> Absence {
    Absence(isRequired: true, condition: condition, expected: expected)
  }

  /// Its section notes it as missing.
  static func needed(_ condition: String = "", default usual: String? = nil) -> Absence {
    Absence(isRequired: true, condition: condition, usual: usual)
  }

  static func `default`(_ usual: String) -> Absence { Absence(usual: usual) }
}

/// Gathers declarations while a scenario is decoded for them.
final class DeclarationList {
  private(set) var fields: [FieldDeclaration] = []
  /// What is said of a section as a whole, by its path.
  private(set) var introductions: [String: String] = [:]
  /// Fields that are accepted without a declaration.
  private(set) var undeclared: [String] = []

  func add(_ field: FieldDeclaration) {
    var field = field
    field.path = Self.withoutIndices(field.path)
    fields.append(field)
  }

  func introduce(_ path: String, _ text: String) { introductions[Self.withoutIndices(path)] = text }

  func addUndeclared(_ path: String) { undeclared.append(path) }

  /// `fleet.replicas` for `fleet.1.replicas`.
  static func withoutIndices(_ path: String) -> String {
    path.split(separator: ".").filter { Int($0) == nil }.joined(separator: ".")
  }
}
