import SimKernel

/// `workload`: exactly one of a trace and a synthetic workload, and what its requests can wait for.
struct WorkloadSection: Sendable {
  enum Requests: Sendable {
    case trace(TraceSection)
    case synthetic(SyntheticSection)
  }

  var requests: Requests
  var deadline: DeadlineSection?
  /// How long clients wait for their answers.
  var clientTimeout: Stated<SimDuration>?

  init?(_ fields: Fields) {
    let trace = fields.fields("trace", like: "{path: FILE}")
    let synthetic = fields.fields("synthetic")
    deadline = fields.fields("deadline").map { DeadlineSection($0) }
    clientTimeout = fields.quantity("client_timeout", .duration)
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
    within = fields.quantity("within", .duration)
    share = fields.share("share")
    ofClass = fields.text("class")
    fields.require("within", "a time from arrival to the last token, like 6 h")
    fields.finish()
  }
}
