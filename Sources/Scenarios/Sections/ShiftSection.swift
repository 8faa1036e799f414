import SimKernel

/// `shift`: when requests with a deadline are released to the fleet.
struct ShiftSection: Sendable {
  /// What they wait for.
  enum PolicyName: String, CaseIterable, Sendable {
    case immediate
    case carbonAware = "carbon_aware"
    case priceAware = "price_aware"

    var meaning: String {
      switch self {
      case .immediate: "requests are released as they arrive"
      case .carbonAware:
        "requests wait for the lowest carbon intensity of `impact.grid` before their deadline"
      case .priceAware:
        "requests wait for the lowest price of electricity (`impact.tariff`) before their deadline"
      }
    }
  }

  var path: String
  var origin: Origin
  var policy: Stated<PolicyName>?
  /// Per second.
  var rate: Stated<Double>?
  var reserve: Stated<SimDuration>?

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce("Requests without a deadline are released as they arrive.")
    policy = fields.choice(
      "policy", of: PolicyName.self, "What requests with a deadline wait for.",
      .default("immediate"), each: \.meaning)
    let condition = "unless `policy` is `immediate`"
    rate = fields.quantity(
      "rate", .rate,
      "The highest rate at which held requests are released: what the fleet can take in addition to "
        + "its other requests.",
      .needed(condition))
    reserve = fields.quantity(
      "reserve", .duration,
      "The time before each deadline that is kept for queueing and running. The signal is averaged "
        + "over this time, too.",
      .needed(condition))
    if let policy, policy.value != .immediate {
      fields.require("rate", "the most releases that the fleet can take, like 2 /s")
      fields.require("reserve", "what a request takes to queue and run at most, like 10 min")
    }
    fields.finish()
  }
}
