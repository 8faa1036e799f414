import SimKernel

/// One entry of `failures`: what goes wrong, with whom and when.
struct FailureSection: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case crash
    case reclaim
    case slow
    case partition

    var meaning: String {
      switch self {
      case .crash:
        "its requests are lost as the step under way ends, and so is its KV cache; it serves again "
          + "when it is repaired"
      case .reclaim:
        "a spot machine is taken back: the replica gets no more requests, ends what it can within "
          + "`notice`, and then crashes"
      case .slow: "its steps take `factor` times as long until it is repaired"
      case .partition:
        "nobody reaches it until that is repaired: its requests are lost, and so are those that are sent "
          + "there for `detection`; it keeps its KV cache"
      }
    }
  }

  var path: String
  var origin: Origin
  /// A file of failures, and then nothing else.
  var trace: Stated<String>?
  var kind: Stated<Kind>?
  var at: Stated<SimTime>?
  var mtbf: Stated<SimTime>?
  var repair: Stated<SimDuration>?
  var mttr: Stated<SimDuration>?
  var group: Stated<String>?
  var replica: Stated<Int>?
  var zone: Stated<String>?
  var notice: Stated<SimDuration>?
  var factor: Stated<Double>?
  var detection: Stated<SimDuration>?

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "State `at`, `mtbf` or `trace`. Without `group` and `zone` an entry is for the whole fleet. With `at`, "
        + "or with `zone`, all replicas that an entry is for fail at once; else each fails by itself. "
        + "A replica that is off, starts or is down already is left alone. [Failures and retries]"
        + "(FailuresAndRetries.md) has more.")
    trace = fields.text(
      "trace",
      "A CSV file with a row for each failure, instead of all other fields: "
        + "[Failures and retries](FailuresAndRetries.md).")
    kind = fields.choice(
      "kind", of: Kind.self, "What goes wrong.", .default("crash"), each: \.meaning)
    at = fields.quantity("at", .time, zeroAllowed: true, "Once, at this time from the run's start.")
    // Failures cost time of the simulation, and nothing fails more often.
    mtbf = fields.quantity(
      "mtbf", .time, atLeast: "1 ms",
      "Again and again: the mean time from being up to the next failure, exponentially distributed."
    )
    repair = fields.quantity(
      "repair", .duration,
      "How long it takes until the replica is as before, start-up included. Without it and `mttr`, "
        + "it never is.",
      .needed("with `mtbf` and `partition`, unless `mttr` is stated"))
    mttr = fields.quantity(
      "mttr", .duration, "The mean of that time, exponentially distributed.")
    group = fields.text("group", "The group of replicas it happens to.")
    replica = fields.wholeNumber(
      "replica", in: 0...100_000, "The replica it happens to, by its place in the group, from 0.")
    zone = fields.text("zone", "All replicas whose `fleet.zone` this is, at once.")
    notice = fields.quantity(
      "notice", .duration, zeroAllowed: true,
      "The time from the notice to the end, for `reclaim` alone. Clouds give 30 s to 2 min.",
      .needed("with `reclaim`"))
    factor = fields.number(
      "factor", in: 1...1000, expected: "a number from 1 to 1000",
      "How many times as long steps take, for `slow` alone.", .needed("with `slow`"))
    detection = fields.quantity(
      "detection", .duration, zeroAllowed: true,
      "The time until the router knows, for `partition` alone. Until then requests are sent there and "
        + "wait in vain.",
      .default("0 s"))
    check(fields)
    fields.finish()
  }

  private func check(_ fields: Fields) {
    guard !fields.isDeclaring else { return }
    if fields.isStated("trace") { return checkAlone(fields) }
    if at == nil, mtbf == nil, fields.stated("at", "mtbf").isEmpty {
      fields.problem(
        "states no time; expected at, like 1 h, or mtbf, like 30 d, or trace, a file of failures")
    }
    for (one, other) in [
      ("at", "mtbf"), ("repair", "mttr"), ("group", "zone"), ("replica", "zone"),
    ]
    where fields.isStated(one) && fields.isStated(other) {
      fields.issues.add(
        fields.origin(of: other), fields.path(other), "goes with no \(one); state one of them")
    }
    let kind = kind?.value ?? .crash
    if kind == .reclaim {
      fields.require("notice", "the time from the notice to the end, like 2 min")
    }
    if kind == .slow { fields.require("factor", "how many times as long steps take, like 1.5") }
    for (name, only) in [("notice", Kind.reclaim), ("factor", .slow), ("detection", .partition)]
    where fields.isStated(name) && kind != only {
      fields.issues.add(
        fields.origin(of: name), fields.path(name),
        "goes with kind \(only.rawValue), not with \(kind.rawValue)")
    }
    if kind == .partition, fields.stated("repair", "mttr").isEmpty, !fields.isStated("mtbf") {
      fields.missing("repair", "how long nobody reaches it, like 1 min, or mttr")
    }
    if fields.isStated("mtbf"), fields.stated("repair", "mttr").isEmpty {
      fields.missing("repair", "how long a repair takes, like 20 min, or mttr")
    }
  }

  /// The rows of a trace say everything.
  private func checkAlone(_ fields: Fields) {
    for name in [
      "at", "mtbf", "repair", "mttr", "kind", "group", "replica", "zone", "notice", "factor",
      "detection",
    ] where fields.isStated(name) {
      fields.issues.add(
        fields.origin(of: name), fields.path(name), "goes with no trace, whose rows say it")
    }
  }
}
