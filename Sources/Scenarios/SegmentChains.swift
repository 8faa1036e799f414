import ServingSim
import TraceArchive

/// Content chains from prompts of parts: prompts that begin with the same parts share them. A part
/// that is the first to follow another continues its chain; further ones branch off.
struct SegmentChains {
  private struct Step: Hashable {
    var place: Int
    var part: PromptSegment
  }

  /// Where a chain is after some parts.
  private struct Place {
    var chain: Int32
    var end: Int32
  }

  private var places: [Place] = []
  private var steps: [Step: Int] = [:]
  /// By chain: how long it is; -1: one of others.
  private var ends: [Int32] = []

  /// The chain of a prompt of `tokens` tokens that is made of `parts`; -1: of none that have any.
  mutating func chain(
    of parts: [PromptSegment], tokens: Int32, in table: inout ContentTable
  ) -> Int32 {
    var at = -1
    for part in parts where part.tokens > 0 {
      at = place(after: at, part, in: &table)
      guard places[at].end < tokens else { return places[at].chain }
    }
    guard at >= 0 else { return -1 }
    // Text behind the last part is the request's own.
    return addChain(parent: places[at].chain, offset: places[at].end, end: tokens, in: &table)
  }

  /// Where `parts` end; nil without any.
  mutating func end(of parts: [PromptSegment], in table: inout ContentTable) -> ChainPlace? {
    var at = -1
    for part in parts where part.tokens > 0 { at = place(after: at, part, in: &table) }
    return at < 0 ? nil : ChainPlace(chain: places[at].chain, tokens: Int(places[at].end))
  }

  private mutating func place(
    after at: Int, _ part: PromptSegment, in table: inout ContentTable
  ) -> Int {
    let step = Step(place: at, part: part)
    if let known = steps[step] { return known }
    let start = at < 0 ? 0 : places[at].end
    let end = start.addingReportingOverflow(part.tokens).overflow ? Int32.max : start + part.tokens
    let chain: Int32
    if at >= 0, ends[Int(places[at].chain)] == start {
      chain = places[at].chain
      ends[Int(chain)] = end
    } else {
      chain = addChain(
        parent: at < 0 ? -1 : places[at].chain, offset: start, end: end, in: &table)
    }
    places.append(Place(chain: chain, end: end))
    steps[step] = places.count - 1
    return places.count - 1
  }

  private mutating func addChain(
    parent: Int32, offset: Int32, end: Int32, in table: inout ContentTable
  ) -> Int32 {
    let chain = table.addChain(parent: parent, offset: offset, answersExtend: false)
    while ends.count < table.chainCount { ends.append(-1) }
    ends[Int(chain)] = end
    return chain
  }
}
