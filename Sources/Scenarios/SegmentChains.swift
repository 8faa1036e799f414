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
  /// By chain: how long it is.
  private var ends: [Int32] = []
  private var parents: [Int32] = []
  private var offsets: [Int32] = []

  /// The chains of `rows`, whose prompts are `tokens[row]` long.
  mutating func table(
    _ segments: [[PromptSegment]], rows: [Int32], tokens: [Int32]
  ) -> ContentTable {
    let chains = rows.map { chain(of: segments[Int($0)], tokens: tokens[Int($0)]) }
    return ContentTable(
      chainOfRequest: chains, answersExtendChain: false, parents: parents, offsets: offsets)
  }

  private mutating func chain(of parts: [PromptSegment], tokens: Int32) -> Int32 {
    var at = -1
    for part in parts where part.tokens > 0 {
      at = place(after: at, part)
      guard places[at].end < tokens else { return places[at].chain }
    }
    guard at >= 0 else { return -1 }
    // Text behind the last part is the request's own.
    return addChain(parent: places[at].chain, offset: places[at].end, end: tokens)
  }

  private mutating func place(after at: Int, _ part: PromptSegment) -> Int {
    let step = Step(place: at, part: part)
    if let known = steps[step] { return known }
    let start = at < 0 ? 0 : places[at].end
    let end = start.addingReportingOverflow(part.tokens).overflow ? Int32.max : start + part.tokens
    let chain: Int32
    if at >= 0, ends[Int(places[at].chain)] == start {
      chain = places[at].chain
      ends[Int(chain)] = end
    } else {
      chain = addChain(parent: at < 0 ? -1 : places[at].chain, offset: start, end: end)
    }
    places.append(Place(chain: chain, end: end))
    steps[step] = places.count - 1
    return places.count - 1
  }

  private mutating func addChain(parent: Int32, offset: Int32, end: Int32) -> Int32 {
    parents.append(parent)
    offsets.append(offset)
    ends.append(end)
    return Int32(parents.count - 1)
  }
}
