package import TraceArchive

extension ServedRun {
  /// The run with the steps that its client could see, where it has no others.
  package var withClientSteps: ServedRun {
    guard steps.isEmpty, isMicroBenchmark else { return self }
    var run = self
    run.replaceSteps(by: ClientSteps(self).steps)
    return run
  }
}

/// What a client can tell of an engine's steps by the times of its answers' parts.
///
/// While the same requests decode and none waits for its first token, every step brings each of them
/// a token: the time between two parts of an answer is that of as many steps as it brought tokens.
/// And the first token of a request that is alone takes the steps of its prompt and the way to the
/// engine and back. All other times are mixtures, which are left out.
package struct ClientSteps {
  package private(set) var steps: [TimedStep] = []
  private let requests: [ServedRequest]
  private let roundTrip: Int64
  private let batchTokens: Int?
  /// When requests were sent, got their first and their last token, ascending.
  private let changes: [Int64]
  private let disturbances: [ClosedRange<Int64>]

  package init(_ run: ServedRun) {
    requests = run.requests.filter { !$0.chunks.isEmpty }
    roundTrip = run.roundTrip ?? 0
    batchTokens = run.settings["max_num_batched_tokens"].flatMap { Int($0) }
      .flatMap { (1...1_000_000_000).contains($0) ? $0 : nil }
    disturbances = run.disturbances
    changes =
      (requests.flatMap { [$0.request.arrival, $0.firstToken, $0.lastToken] }
      + disturbances.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
    for request in requests {
      if let step = prompt(of: request) { steps.append(step) }
      for (one, next) in zip(request.chunks, request.chunks.dropFirst()) {
        if let step = decoding(from: one.at, to: next.at, steps: Int(next.tokens)) {
          steps.append(step)
        }
      }
    }
  }

  private func decoding(from start: Int64, to end: Int64, steps count: Int) -> TimedStep? {
    let margin = (end - start) / 2
    guard count > 0, end > start, !hasChange(in: start - margin...end + margin) else { return nil }
    var sequences = 0
    var context = 0
    for request in requests where request.request.arrival < end && request.lastToken > start {
      // One that waits for its first token takes part in steps that nobody sees.
      guard request.firstToken <= start else { return nil }
      sequences += 1
      // The newest token is computed in the step.
      context += Int(request.request.promptTokens) + request.tokens(until: start) - 1
    }
    guard !disturbances.contains(where: { $0.overlaps(start...end) }) else { return nil }
    // Products of both stay whole numbers; no engine has such a batch.
    guard context < 1 << 40, count <= 1 << 20, sequences <= 1 << 20 else { return nil }
    return TimedStep(
      count: count, busy: milliseconds(end - start), gap: nil, decodeSequences: sequences * count,
      decodeContext: context * count + sequences * count * (count - 1) / 2, prefillSequences: 0,
      prefillTokens: 0, prefillPairs: 0)
  }

  /// The steps of a prompt while nothing else is under way.
  private func prompt(of request: ServedRequest) -> TimedStep? {
    let start = request.request.arrival
    let end = request.firstToken
    let busy = end - start - roundTrip
    let isAlone = requests.allSatisfy { other in
      other.request.number == request.request.number || other.lastToken <= start
        || other.request.arrival >= end
    }
    guard busy > 0, isAlone, !disturbances.contains(where: { $0.overlaps(start...end) })
    else { return nil }
    let cached = Int(request.cachedTokens)
    let tokens = max(1, Int(request.request.promptTokens) - cached)
    let count = batchTokens.map { (tokens + $0 - 1) / max(1, $0) } ?? 1
    return TimedStep(
      count: count, busy: milliseconds(busy), gap: nil, decodeSequences: 0, decodeContext: 0,
      prefillSequences: count, prefillTokens: tokens,
      prefillPairs: tokens * cached + tokens * (tokens + 1) / 2)
  }

  private func hasChange(in range: ClosedRange<Int64>) -> Bool {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < changes.count && changes[low] <= range.upperBound
  }

  private func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e6 }
}

extension ServedRequest {
  /// Tokens that had come at that time.
  fileprivate func tokens(until time: Int64) -> Int {
    Int(chunks.reduce(0) { $1.at <= time ? $0 + $1.tokens : $0 })
  }
}
