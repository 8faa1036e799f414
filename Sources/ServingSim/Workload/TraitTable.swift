package import ServingModel

/// The traits of the requests of one run, where policies' views look into it.
///
/// It is of the run's one thread; in a live run, rows are written as requests come.
final class TraitTable {
  private var traits: RequestTraits
  private let rows: Int
  private var numbersOfWords: [[String: Int32]] = RequestLabel.allCases.map { _ in [:] }

  /// Those of a workload, which share its memory.
  init(_ traits: RequestTraits) {
    self.traits = traits
    rows = 0
  }

  /// Room for `rows` requests that say nothing yet.
  init(rows: Int) {
    traits = RequestTraits()
    self.rows = rows
  }

  func number(of label: RequestLabel, request: Int) -> Int32? {
    guard let number = traits[label]?.ofRequest[request], number >= 0 else { return nil }
    return number
  }

  func name(of label: RequestLabel, request: Int) -> String? { traits[label]?[request] }

  func value(_ number: RequestNumber, request: Int) -> Int64? {
    traits.value(number, of: request)
  }

  /// Makes a row say what `said` says.
  func set(_ row: Int, to said: LiveTraits) {
    for label in RequestLabel.allCases {
      let word = said[label]
      guard word != nil || traits[label] != nil else { continue }
      traits.extend(label, to: rows)
      let number = word.map { self.number(of: $0, label) } ?? -1
      traits[label]?.ofRequest[row] = number
    }
    for number in RequestNumber.allCases {
      let value = said[number]
      guard value != nil || traits[number] != nil else { continue }
      traits.extend(number, to: rows)
      traits[number]?[row] = value ?? RequestTraits.none
    }
  }

  /// Becomes as `other` is now.
  func takeAll(of other: TraitTable) {
    traits = other.traits
    numbersOfWords = other.numbersOfWords
  }

  private func number(of word: String, _ label: RequestLabel) -> Int32 {
    if let known = numbersOfWords[label.rawValue][word] { return known }
    let next = traits[label]?.names.count ?? 0
    guard next < LiveTraits.mostWords else { return -1 }
    numbersOfWords[label.rawValue][word] = Int32(next)
    traits[label]?.names.append(word)
    return Int32(next)
  }
}

/// What one request says of itself, as policies see it while they are asked. A label is the number of
/// its word, the same for all requests of a run that have the word.
package struct TraitView: @unchecked Sendable {
  /// The run keeps it for as long as it asks policies.
  private unowned(unsafe) let table: TraitTable?
  private let request: Int

  /// Of a request that says nothing.
  package init() {
    table = nil
    request = 0
  }

  init(_ table: TraitTable?, request: Int) {
    self.table = table
    self.request = request
  }

  /// The number of its word, from 0; nil: it has none.
  package subscript(label: RequestLabel) -> Int? {
    table?.number(of: label, request: request).map { Int($0) }
  }

  /// Its word; nil: it has none.
  package func name(of label: RequestLabel) -> String? {
    table?.name(of: label, request: request)
  }

  /// Its number, a count or picoseconds; nil: it has none.
  package subscript(number: RequestNumber) -> Int64? { table?.value(number, request: request) }
}

/// What a request of a live run says of itself.
package struct LiveTraits: Hashable, Sendable {
  private var words: [RequestLabel: String] = [:]
  private var numbers: [RequestNumber: Int64] = [:]

  /// More words of a kind than these are not told apart, and longer ones are cut: names that clients
  /// make up must not fill the memory.
  package static let mostWords = 1 << 16
  package static let longestWord = 256

  package init() {}

  /// What a request of a workload says.
  package init(_ traits: RequestTraits, of request: Int) {
    for label in RequestLabel.allCases { self[label] = traits[label]?[request] }
    for number in RequestNumber.allCases { self[number] = traits.value(number, of: request) }
  }

  package subscript(label: RequestLabel) -> String? {
    get { words[label] }
    set { words[label] = newValue.map { String($0.prefix(Self.longestWord)) } }
  }

  /// A count, or picoseconds; at least 0.
  package subscript(number: RequestNumber) -> Int64? {
    get { numbers[number] }
    set { numbers[number] = newValue }
  }

  package var isEmpty: Bool { words.isEmpty && numbers.isEmpty }
}
