import SimKernel

/// `workload`: exactly one of a trace and a synthetic workload, and what its requests can wait for.
struct WorkloadSection: Sendable {
  enum Requests: Sendable {
    case trace(TraceSection)
    case synthetic(SyntheticSection)
  }

  var origin: Origin
  var requests: Requests
  var deadline: DeadlineSection?
  /// How long clients wait for their answers.
  var clientTimeout: Stated<SimDuration>?
  var retry: RetrySection?
  var regions: [LabelShareSection]
  var models: [LabelShareSection]

  init?(_ fields: Fields) {
    origin = fields.origin
    fields.introduce("State exactly one of `trace` and `synthetic`.")
    let trace = fields.fields("trace", like: "{path: FILE}", "Recorded requests.")
    let synthetic = fields.fields("synthetic", "Requests that are drawn at random.")
    deadline = fields.fields(
      "deadline",
      "When the last tokens of requests are due. A trace's own deadlines (`deadline_us`) stay as "
        + "they are."
    ).map { DeadlineSection($0) }
    clientTimeout = fields.quantity(
      "client_timeout", .duration,
      "A client gives up when its whole answer has not come within this time of its request's "
        + "arrival. Without it, clients wait.")
    retry = fields.fields(
      "retry", "What clients do whose request has failed. Without it, they do not send it again."
    ).map { RetrySection($0) }
    regions = fields.mappings(
      "regions",
      "Where requests come from, like `[{name: us-east, share: 0.6}, {name: eu-west, share: 0.4}]`.",
      .default("as the trace says")
    ).map { LabelShareSection($0, of: "region") }
    models = fields.mappings(
      "models",
      "The models that requests ask for, like `[{name: llama-3.1-8b}, {name: llama-3.1-70b}]`.",
      .default("as the trace says")
    ).map { LabelShareSection($0, of: "model") }
    fields.finish()
    switch (trace, synthetic) {
    case (let trace?, nil):
      requests = .trace(TraceSection(trace))
    case (nil, let synthetic?):
      requests = .synthetic(SyntheticSection(synthetic))
    case (nil, nil):
      if !fields.isOther { fields.problem("states no requests; expected trace or synthetic") }
      return nil
    case (_?, _?):
      fields.problem(
        "states both trace and synthetic; keep one (--set 'workload={trace: {path: FILE}}' "
          + "replaces the whole section)")
      return nil
    }
  }
}

/// `workload.deadline`: when the last tokens of some requests are due.
struct DeadlineSection: Sendable {
  var path: String
  var within: Stated<SimDuration>?
  var share: Stated<Double>?
  var ofClass: Stated<String>?

  init(_ fields: Fields) {
    path = fields.path
    fields.introduce(
      "For requests without a deadline of their own. Reports count deadlines, and [policies]"
        + "(PowerAndCarbonPolicies.md) use the time until them.")
    within = fields.quantity(
      "within", .duration, "From arrival to the last token.",
      .required("a time from arrival to the last token, like 6 h"))
    share = fields.share(
      "share", "The share of the requests that have a deadline, drawn at random.", .default("1"))
    ofClass = fields.text("class", "Only requests of this class of service, like `batch`.")
    fields.finish()
  }
}
