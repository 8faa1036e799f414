import SimKernel

/// Requests whose prompts one replica computes and another one answers, from when they are sent off until
/// the latter has their KV entries, or they have ended.
struct Handovers {
  /// Whether any pool has its prompts computed elsewhere.
  let areMade: Bool
  private var underWay: [Int32: Handover] = [:]

  init(_ plan: Plan) { areMade = plan.pools.contains { $0.prefill != nil } }

  var isEmpty: Bool { underWay.isEmpty }

  subscript(_ number: Int) -> Handover? {
    get { underWay.isEmpty ? nil : underWay[Int32(number)] }
    set { underWay[Int32(number)] = newValue }
  }

  /// Requests that replica `i` is to answer and that another one still has, by number.
  func expected(at i: Int) -> [Int32] {
    numbers { $0.decode == i && !$0.isTakenOver }
  }

  /// Requests that another replica has and whose KV entries replica `i` keeps, by number.
  func kept(at i: Int) -> [Int32] {
    numbers { $0.prefill == i && $0.isTakenOver }
  }

  private func numbers(where matches: (Handover) -> Bool) -> [Int32] {
    underWay.filter { matches($0.value) }.keys.sorted()
  }
}

/// One request's.
struct Handover {
  /// The replica that computes the prompt, and the one that answers.
  var prefill: Int
  var decode: Int
  /// When the prompt was computed, and when the other replica is told; the greatest: it is not yet.
  var prefilled = Instant.max
  var toldAt = Instant.max
  /// The other replica has the request.
  var isTakenOver = false
  /// The number of its handoff in the log.
  var handoff = -1
}
