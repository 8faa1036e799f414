import ServingSim
import SimKernel

/// `workload.synthetic`: drawn requests.
struct SyntheticSection: Sendable {
  var origin: Origin
  var path: String
  var requests: Stated<Int>?
  var duration: Stated<SimTime>?
  var arrivals: ArrivalsSection?
  var concurrency: Stated<Int>?
  var thinkTime: Stated<SimDuration>?
  var promptTokens: LengthsSection?
  var outputTokens: LengthsSection?
  var sharedPrefix: SharedPrefixSection?
  var sessions: SessionsSection?

  init(_ fields: Fields) {
    origin = fields.origin
    path = fields.path
    requests = fields.wholeNumber("requests", in: 1...1_000_000_000)
    duration = fields.quantity("duration", .time)
    arrivals = fields.fields("arrivals").map { ArrivalsSection($0) }
    concurrency = fields.wholeNumber("concurrency", in: 1...10_000_000)
    thinkTime = fields.quantity("think_time", .duration, zeroAllowed: true)
    promptTokens = LengthsSection("prompt_tokens", of: fields)
    outputTokens = LengthsSection("output_tokens", of: fields)
    sharedPrefix = fields.fields("shared_prefix").map { SharedPrefixSection($0) }
    sessions = fields.fields("sessions").map { SessionsSection($0) }
    check(fields)
    fields.finish()
  }

  private func check(_ fields: Fields) {
    switch fields.stated("arrivals", "concurrency").count {
    case 0:
      fields.problem("states no arrivals; expected arrivals (an open loop) or concurrency (closed)")
    case 2:
      fields.problem("states both arrivals and concurrency; an open loop or a closed one, not both")
    default: break
    }
    switch fields.stated("requests", "duration").count {
    case 0: fields.problem("states no end; expected requests or duration")
    case 2: fields.problem("states both requests and duration; keep one")
    default: break
    }
    let closed = fields.node("concurrency") != nil
    if closed, fields.node("duration") != nil {
      fields.problem("a closed loop ends by requests; duration goes with arrivals")
    }
    if !closed, let thinkTime {
      fields.issues.add(thinkTime.origin, thinkTime.path, "goes with concurrency")
    }
    for name in ["prompt_tokens", "output_tokens"] where fields.node(name) == nil {
      fields.missing(name, LengthsSection.expected)
    }
  }
}

extension SyntheticSection {
  /// Requests, as far as they can be told before they are drawn: 0 where there is a problem.
  private var expectedRequests: Double {
    if let requests { return Double(requests.value) }
    guard let duration, let rate = arrivals?.rate else { return 0 }
    let first = duration.value.seconds * rate.value
    return first * (sessions?.turns?.mean ?? 1)
  }

  /// `100000000 requests`.
  var summary: String {
    let groups = sharedPrefix?.groups.map { ", in \($0.value) groups," } ?? ""
    return "\(Int(min(expectedRequests, 1e15))) requests\(groups)"
  }

  /// Bytes that its requests take.
  func memory(_ traits: PlanMemory.Traits) -> Double {
    var traits = traits
    if sharedPrefix != nil { traits.insert(.sharing) }
    if sessions != nil { traits.insert(.turns) }
    return expectedRequests * PlanMemory.request(traits)
      + Double(sharedPrefix?.groups?.value ?? 0) * PlanMemory.group
  }
}

extension TurnCounts {
  fileprivate var mean: Double {
    switch self {
    case .fixed(let turns): Double(turns)
    case .geometric(let mean): mean
    }
  }
}

/// `arrivals`: when requests of an open loop come.
struct ArrivalsSection: Sendable {
  var process: Stated<ProcessName>?
  /// Per second.
  var rate: Stated<Double>?
  /// Of the gaps between arrivals; the gamma process has it.
  var cv: Stated<Double>?

  enum ProcessName: String, CaseIterable, Sendable {
    case poisson
    case gamma
    case deterministic
  }

  init(_ fields: Fields) {
    process = fields.choice("process", of: ProcessName.self)
    rate = fields.quantity("rate", .rate)
    cv = fields.scalar("cv", expected: "a number from 0.001 to 1000") { text in
      Fields.number(text).flatMap { (0.001...1000).contains($0) ? $0 : nil }
    }
    if fields.node("rate") == nil { fields.missing("rate", "a rate like 5.5 /s") }
    if let cv, process?.value != .gamma {
      fields.issues.add(cv.origin, cv.path, "goes with process: gamma")
    }
    if fields.node("cv") == nil, process?.value == .gamma {
      fields.missing("cv", "the gaps' coefficient of variation, 1 for a Poisson process")
    }
    fields.finish()
  }
}

/// `shared_prefix`: prompts begin with the tokens of one of some groups.
struct SharedPrefixSection: Sendable {
  var groups: Stated<Int>?
  var tokens: Stated<Int>?
  /// The exponent of the groups' popularity; absent: all alike.
  var zipf: Stated<Double>?

  init(_ fields: Fields) {
    groups = fields.wholeNumber("groups", in: 1...10_000_000)
    tokens = fields.wholeNumber("tokens", in: 1...100_000_000)
    zipf = fields.number("zipf", .exponent)
    if fields.node("groups") == nil { fields.missing("groups", "the number of groups") }
    if fields.node("tokens") == nil { fields.missing("tokens", "the tokens that a group shares") }
    fields.finish()
  }
}
