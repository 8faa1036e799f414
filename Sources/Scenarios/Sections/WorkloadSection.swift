/// `workload`: exactly one of a trace and a synthetic workload.
enum WorkloadSection: Sendable {
  case trace(TraceSection)
  case synthetic(SyntheticSection)

  init?(_ fields: Fields) {
    let trace = fields.fields("trace")
    let synthetic = fields.fields("synthetic")
    fields.finish()
    switch (trace, synthetic) {
    case (let trace?, nil):
      self = .trace(TraceSection(trace))
    case (nil, let synthetic?):
      self = .synthetic(SyntheticSection(synthetic))
    case (nil, nil):
      fields.problem("states no requests; expected trace or synthetic")
      return nil
    case (_?, _?):
      fields.problem(
        "states both trace and synthetic; keep one (--set 'workload={trace: {path: FILE}}' "
          + "replaces the whole section)")
      return nil
    }
  }
}
