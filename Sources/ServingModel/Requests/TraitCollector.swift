/// Collects what requests say of themselves, one after another. A column takes nothing until a
/// request has a value of it.
package struct TraitCollector {
  private var traits = RequestTraits()
  private var numbersOfWords: [[String: Int32]] = RequestLabel.allCases.map { _ in [:] }
  private var count = 0
  private let mostWords: Int

  /// More words of a kind than `mostWords` are not told apart.
  package init(mostWords: Int = .max) { self.mostWords = mostWords }

  /// The next request: what it says in words, and in numbers (counts or picoseconds).
  package mutating func append(
    word: (RequestLabel) -> String?, number: (RequestNumber) -> Int64?
  ) {
    for label in RequestLabel.allCases {
      guard let word = word(label), let place = self.number(of: word, label) else { continue }
      traits.extend(label, to: count)
      traits[label]?.ofRequest.append(place)
    }
    for column in RequestNumber.allCases {
      guard let value = number(column) else { continue }
      traits.extend(column, to: count)
      traits[column]?.append(value)
    }
    count += 1
  }

  /// Those of all requests up to now.
  package func collected() -> RequestTraits {
    var traits = traits
    for label in RequestLabel.allCases where traits[label] != nil {
      traits.extend(label, to: count)
    }
    for number in RequestNumber.allCases where traits[number] != nil {
      traits.extend(number, to: count)
    }
    return traits
  }

  private mutating func number(of word: String, _ label: RequestLabel) -> Int32? {
    if let known = numbersOfWords[label.rawValue][word] { return known }
    let next = traits[label]?.names.count ?? 0
    guard next < mostWords else { return nil }
    numbersOfWords[label.rawValue][word] = Int32(next)
    traits.extend(label, to: 0)
    traits[label]?.names.append(word)
    return Int32(next)
  }
}
