extension JudgedObjective {
  /// One objective over runs with several seeds: the mean value, and an interval that reaches from
  /// the lowest end of theirs to the highest. A seed that comes out on the other side of the limit so
  /// leaves the verdict open.
  ///
  /// `first` stands for the objective where `seeds` is empty.
  init(over seeds: [JudgedObjective], else first: JudgedObjective) {
    self = seeds.first ?? first
    let values = seeds.compactMap(\.value)
    guard seeds.count > 1, let least = values.min(), let most = values.max() else { return }
    value = least == most ? least : values.reduce(0, +) / Double(values.count)
    let ends = seeds.compactMap(\.interval)
    let low = min(least, ends.map(\.lowerBound).min() ?? least)
    let high = max(most, ends.map(\.upperBound).max() ?? most)
    interval = ends.isEmpty && least == most ? nil : low...high
    isErrorKnown = seeds.allSatisfy(\.isErrorKnown)
    requests = seeds.compactMap(\.requests).reduce(0, +)
    unanswered = seeds.compactMap(\.unanswered).reduce(0, +)
    spread = least...most
  }
}
