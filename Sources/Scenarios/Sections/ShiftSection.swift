import SimKernel

/// `shift`: when requests with a deadline are released to the fleet.
struct ShiftSection: Sendable {
  /// What they wait for.
  enum PolicyName: String, CaseIterable, Sendable {
    case immediate
    case carbonAware = "carbon_aware"
    case priceAware = "price_aware"
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
    policy = fields.choice("policy", of: PolicyName.self)
    rate = fields.quantity("rate", .rate)
    reserve = fields.quantity("reserve", .duration)
    if let policy, policy.value != .immediate {
      fields.require("rate", "the most releases that the fleet can take, like 2 /s")
      fields.require("reserve", "what a request takes to queue and run at most, like 10 min")
    }
    fields.finish()
  }
}
