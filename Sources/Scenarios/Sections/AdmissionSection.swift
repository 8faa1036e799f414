import ServingPolicies

/// `admission`: which requests are refused as they arrive.
struct AdmissionSection: Sendable {
  var policy: Stated<GateName>?
  var maxWaiting: Stated<Int>?

  init(_ fields: Fields) {
    fields.introduce("A refused request goes to no replica.")
    policy = fields.choice(
      "policy", of: GateName.self, "When a request is refused.",
      .required("what a request is refused by, like queue_limit"), each: \.meaning)
    maxWaiting = fields.wholeNumber(
      "max_waiting", in: 1...1_000_000, "Requests that may wait in the queue of one engine.",
      .required("the requests that may wait at a replica, like 64"))
    fields.finish()
  }
}
