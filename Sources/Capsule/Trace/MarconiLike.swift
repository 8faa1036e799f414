import SimKernel
package import TraceArchive

/// Requests with the published totals of the Marconi trace: counts and both sums of outputs and
/// that of inputs to the token, and the published reuse of sessions as far as draws can have it: how
/// soon, and by prompts of which mean length. Lengths are lognormal, which is an assumption.
package struct MarconiLike: Sendable {
  package private(set) var inputs: [Int]
  package private(set) var outputs: [Int]
  /// From 0 to 2999.
  package private(set) var sessions: [Int]

  /// The logarithm's deviation of inputs; only their means are known.
  private static let inputSigma = 0.6

  package init(seed: UInt64 = 0) {
    let count = MarconiTotals.requests
    let places = SessionOrder.draw(count, RandomStream(seed: seed, .groups))
    sessions = places.map(\.session)
    inputs = Self.lengths(
      Self.normals(seed, .promptLengths, count), sigma: Self.inputSigma,
      of: places.map { MarconiTotals.computing[$0.reuse] }, sum: MarconiTotals.inputTokens)
    outputs = Self.outputs(Self.normals(seed, .outputLengths, count))
  }

  package var count: Int { inputs.count }

  /// The requests as the original reads them. A prefix is its session's, so one token stands for
  /// the first tokens of the prompt.
  package func eachRow(
    withTokens: Bool, _ take: (borrowing KavierRow) throws -> Void
  ) rethrows {
    var row = KavierRow()
    for index in inputs.indices {
      row.inputTokens = inputs[index]
      row.outputTokens = outputs[index]
      if withTokens {
        row.session = String(sessions[index])
        row.tokens = [Int64(sessions[index])]
      }
      try take(row)
    }
  }

  /// The requests as CSV, for a hash and for the original itself.
  package var csv: String {
    var text = "session_id,num_input_tokens,num_output_tokens\n"
    for index in inputs.indices {
      text += "\(sessions[index]),\(inputs[index]),\(outputs[index])\n"
    }
    return text
  }

  private static func normals(
    _ seed: UInt64, _ purpose: RandomPurpose, _ count: Int
  ) -> [Double] {
    var random = RandomStream(seed: seed, purpose)
    return (0..<count).map { _ in random.standardNormal() }
  }

  /// Lognormal lengths of at least 1 with exactly that sum; `means` are their means but for a factor.
  private static func lengths(
    _ normals: [Double], sigma: Double, of means: [Double]? = nil, sum: Int
  ) -> [Int] {
    var raw = normals.map { Exponential.of(sigma * $0) }
    if let means { raw = zip(raw, means).map { $0 * $1 } }
    let scale = Double(sum) / raw.reduce(0, +)
    var lengths = raw.map { max(1, Int(($0 * scale).rounded())) }
    // Rounding leaves little; it goes to the first that can bear it.
    var rest = sum - lengths.reduce(0, +)
    var at = 0
    while rest != 0 {
      if rest > 0 || lengths[at] > 1 {
        lengths[at] += rest.signum()
        rest -= rest.signum()
      }
      at = (at + 1) % lengths.count
    }
    return lengths
  }

  /// Outputs with both of the published sums: the deviation is sought by halves, what is left is
  /// moved from one request to another.
  private static func outputs(_ normals: [Double]) -> [Int] {
    var (low, high) = (0.1, 2.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let lengths = lengths(normals, sigma: middle, sum: MarconiTotals.outputTokens)
      if steps(lengths) < MarconiTotals.outputSteps { low = middle } else { high = middle }
    }
    return ExactSteps.adjust(
      lengths(normals, sigma: low, sum: MarconiTotals.outputTokens),
      to: MarconiTotals.outputSteps)
  }

  static func steps(_ lengths: [Int]) -> Int { lengths.reduce(0) { $0 + $1 * ($1 + 1) / 2 } }
}
