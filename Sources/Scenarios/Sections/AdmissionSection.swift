import ServingPolicies

/// `admission`: which requests are refused as they arrive.
struct AdmissionSection: Sendable {
  var policy: Stated<GateName>?
  var maxWaiting: Stated<Int>?

  init(_ fields: Fields) {
    policy = fields.choice("policy", of: GateName.self)
    maxWaiting = fields.wholeNumber("max_waiting", in: 1...1_000_000)
    fields.require("policy", "what a request is refused by, like queue_limit")
    fields.require("max_waiting", "the requests that may wait at a replica, like 64")
    fields.finish()
  }
}
