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
    fields.introduce(
      "State either `arrivals` (an open loop) or `concurrency` (a closed loop), and either "
        + "`requests` or, in an open loop, `duration`.")
    requests = fields.wholeNumber(
      "requests", in: 1...1_000_000_000,
      "How many requests are sent, all turns of conversations included.")
    duration = fields.quantity(
      "duration", .time, "Requests and conversations that begin before this time are sent.")
    arrivals = fields.fields("arrivals", "When requests, or conversations, arrive.")
      .map { ArrivalsSection($0) }
    concurrency = fields.wholeNumber(
      "concurrency", in: 1...10_000_000,
      "How many clients there are. Each sends its next request when its last one has ended.")
    thinkTime = fields.quantity(
      "think_time", .duration, zeroAllowed: true,
      "The pause of a closed-loop client between the end of a request and its next one.",
      .default("0 s"))
    promptTokens = LengthsSection(
      "prompt_tokens", of: fields, "Lengths of prompts; with `sessions`, of what each turn adds.")
    outputTokens = LengthsSection("output_tokens", of: fields, "Lengths of answers.")
    sharedPrefix = fields.fields(
      "shared_prefix", "Tokens that prompts begin with, in addition to `prompt_tokens`."
    ).map { SharedPrefixSection($0) }
    sessions = fields.fields(
      "sessions", "Conversations of several turns. Without it every request stands alone."
    ).map { SessionsSection($0) }
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
    let closed = fields.isStated("concurrency")
    if closed, fields.isStated("duration") {
      fields.problem("a closed loop ends by requests; duration goes with arrivals")
    }
    if !closed, let thinkTime {
      fields.issues.add(thinkTime.origin, thinkTime.path, "goes with concurrency")
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

    var meaning: String {
      switch self {
      case .poisson: "gaps are exponential, as those of many independent clients"
      case .gamma: "gaps have the coefficient of variation `cv`"
      case .deterministic: "gaps are equal, and the first request arrives at time 0"
      }
    }
  }

  init(_ fields: Fields) {
    process = fields.choice(
      "process", of: ProcessName.self, "How the gaps between arrivals are drawn.",
      .default("poisson"), each: \.meaning)
    rate = fields.quantity(
      "rate", .rate, "Requests, or conversations, per unit of time.",
      .required("a rate like 5.5 /s"))
    cv = fields.number(
      "cv", in: 0.001...1000, expected: "a number from 0.001 to 1000",
      "Coefficient of variation of the gaps, for `gamma` alone: 1 is a Poisson process, more is "
        + "burstier.",
      .needed("with `gamma`"))
    if let cv, process?.value != .gamma {
      fields.issues.add(cv.origin, cv.path, "goes with process: gamma")
    }
    if process?.value == .gamma {
      fields.require("cv", "the gaps' coefficient of variation, 1 for a Poisson process")
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
    fields.introduce("Each request, or conversation, belongs to one group.")
    groups = fields.wholeNumber(
      "groups", in: 1...10_000_000,
      "How many groups there are, for example applications with a system prompt each.",
      .required("the number of groups"))
    tokens = fields.wholeNumber(
      "tokens", in: 1...100_000_000, "Tokens that the prompts of a group share at their beginning.",
      .required("the tokens that a group shares"))
    zipf = fields.number(
      "zipf", .exponent,
      "Group k is drawn in proportion to 1 / k^zipf. With 0 all groups are equally popular.",
      .default("0"))
    fields.finish()
  }
}
