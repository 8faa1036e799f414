import Impact

/// The parts of a bill that a report shows one by one: those with the most tokens, and the rest as a
/// sum. A workload may name a million tenants, and nobody reads a table of them.
struct LargestParts {
  /// The largest ones, by tokens and then in the order of the bill; the part of nobody is last.
  var shown: [BillPart]
  /// The others together; nil when all are shown.
  var others: (count: Int, sum: BillPart)?

  /// At most `most` of `parts` are shown, the part of nobody beside.
  init(_ parts: [BillPart], most: Int) {
    let named = parts.filter { $0.name != nil }
    let nobody = parts.filter { $0.name == nil }
    guard named.count > most else {
      shown = named + nobody
      return
    }
    let byTokens = named.enumerated().sorted { a, b in
      (b.element.tokens, a.offset) < (a.element.tokens, b.offset)
    }
    shown = byTokens.prefix(most).map(\.element) + nobody
    var sum = BillPart(name: nil, amounts: Amounts(), requests: 0, tokens: 0)
    for (_, part) in byTokens.dropFirst(most) {
      sum.amounts += part.amounts
      sum.requests += part.requests
      sum.tokens += part.tokens
    }
    others = (named.count - most, sum)
  }
}
