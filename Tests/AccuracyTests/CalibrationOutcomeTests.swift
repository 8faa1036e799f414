import Accuracy
import Report
import ServingModel
import Testing

/// Fits to what the simulator itself makes with coefficients that are known.
struct CalibrationOutcomeTests {
  private static let header =
    "case_id,family,gpu,n_gpu,model,precision,engine,engine_version,tp,concurrency,isl_mean,"
    + "osl_mean,max_num_seqs,metric,value"

  /// Static batches and closed loops of two models on one H100.
  private static let loads: [String] = ["Llama-3.1-8B", "Llama-2-13B"].flatMap { model in
    [1, 4, 16, 64].flatMap { batch in
      ["static_batch,e2e_batch", "closed_loop,tpot_mean", "closed_loop,ttft_mean"].map { kind in
        let words = kind.split(separator: ",")
        return "\(model) \(batch) \(words[0]),\(words[0]),H100,1,\(model),bf16,vllm,0.15.1,1,"
          + "\(batch),\(batch > 16 ? 300 : 1500),60,64,\(words[1])"
      }
    }
  }

  private static func cases(_ values: [Double]) throws -> MeasuredCases {
    try read([header] + zip(loads, values).map { "\($0),\($1)" }).cases
  }

  /// What would be measured with `truth`, off by up to 3 % this way and that.
  private static func measured(
    _ truth: @escaping @Sendable (CalibrationSubject) -> RooflineCoefficients
  ) async throws -> [Double] {
    let exact = try #require(
      await Validation(try cases(loads.map { _ in 1 })).predictions { truth($0.subject) })
    return try exact.enumerated().map { index, prediction in
      let noise = 0.03 * (Double((index * 37) % 11) / 5 - 1)
      return try #require(prediction.predicted) * (1 + noise)
    }
  }

  private static func outcome(_ values: [Double]) async throws -> CalibrationOutcome {
    let outcome = await CalibrationOutcome(
      try cases(values), prior: nil, crossValidates: false, report: { _ in })
    return try #require(outcome)
  }

  @Test func `the fit recovers known coefficients from simulated data with noise`() async throws {
    let truth: [Coefficient: Double] = [
      .matrixBandwidth: 0.68, .layerLatency: 65e-6, .hostTime: 900e-6,
    ]
    let known = RooflineCoefficients(provenance: "known") {
      truth[$0] ?? FitStructure.prior(of: $0).value
    }
    let values = try await Self.measured { _ in known }
    let outcome = try await Self.outcome(values)
    let profile = outcome.profile(name: "found", source: nil)
    #expect(profile.source == "fitted to 24 figures of 16 measured cases")

    let cases = try Self.cases(values)
    let setUp = try CaseSetUp(resolving: cases.cases[0])
    let found = profile.coefficients(for: setUp.subject)
    for coefficient in truth.keys {
      let fitted = try #require(outcome.parameters.first { $0.parameter.name == coefficient.name })
      let off = abs(found[coefficient] / known[coefficient] - 1)
      #expect(off < min(0.1, 2 * fitted.standardError), "\(coefficient): \(found[coefficient])")
    }
    // Together they predict what was measured, far closer than before.
    let after = try #require(
      await Validation(cases).predictions { profile.coefficients(for: $0.subject) })
    let before = try #require(await Validation(cases).predictions { _ in .uncalibrated })
    #expect(try #require(ErrorSummary(group: [], of: after).medianError) < 0.03)
    #expect(try #require(ErrorSummary(group: [], of: before).medianError) > 0.2)
  }

  @Test func `what the cases cannot tell says so and stays where it was`() async throws {
    let prior = RooflineCoefficients(provenance: "known") { FitStructure.prior(of: $0).value }
    let outcome = try await Self.outcome(try await Self.measured { _ in prior })
    let silent = outcome.parameters.filter { !$0.isIdentified }
    // One accelerator, no experts, no pipeline.
    for name in ["expert_bandwidth", "expert_compute", "all_to_all_latency", "stage_latency"] {
      let parameter = try #require(silent.first { $0.parameter.name == name })
      #expect(abs(parameter.value / parameter.prior - 1) < 1e-6)
    }
    #expect(!silent.contains { $0.parameter.name == "attention_bandwidth" })
    let text = CalibrationReport(outcome).text
    let beginning = try #require(text.firstRange(of: "each stays at its prior: "))
    #expect(text[beginning.upperBound...].contains("stage_latency"))
  }

  @Test func `a few points of one's own move a known profile and leave the rest of it`()
    async throws
  {
    let prior = CalibrationProfiles.newest
    let slower = try await Self.measured {
      prior.coefficients(for: $0).scaled(.layerLatency, by: 1.5)
    }
    let found = try #require(
      await CalibrationOutcome(
        try Self.cases(slower), prior: prior, crossValidates: false, report: { _ in }))
    let profile = found.profile(name: "ours", source: "us")
    #expect(profile.errors == prior.errors)
    let subject = try CaseSetUp(resolving: try Self.cases(slower).cases[0]).subject
    let factor =
      profile.coefficients(for: subject)[.layerLatency]
      / prior.coefficients(for: subject)[.layerLatency]
    // Other latencies of a layer can take a part of it: what counts is that it fits.
    #expect(factor > 1.02 && factor < 1.8, "\(factor)")
    let cases = try Self.cases(slower)
    func error(_ profile: CalibrationProfile) async throws -> Double {
      let predictions = try #require(
        await Validation(cases).predictions { profile.coefficients(for: $0.subject) })
      return try #require(ErrorSummary(group: [], of: predictions).medianError)
    }
    let (before, after) = (try await error(prior), try await error(profile))
    #expect(after < 0.03 && after < 0.8 * before, "\(before) before, \(after) after")
    // Effects of what was not measured are still there, and the cases are added up.
    #expect(Set(prior.effects.map(\.value)).isSubset(of: profile.effects.map(\.value)))
    let known = { (p: CalibrationProfile) in p.evidence.reduce(0) { $0 + $1.cases } }
    #expect(known(profile) == known(prior) + 16)
  }

  @Test func `cross-validation tells errors in and out of sample`() async throws {
    let values = try await Self.measured { _ in RooflineCoefficients.uncalibrated }
    let outcome = try #require(
      await CalibrationOutcome(
        try Self.cases(values), prior: nil, crossValidates: true, report: { _ in }))
    let all = try #require(outcome.tables.first)
    #expect(all.samples == ["in sample", "new model", "new accelerator"])
    let medians = try #require(all.rows.first).medians.compactMap { $0 }
    #expect(medians.count == 3 && medians[0] < medians[1] && medians[1] < medians[2])
    // 24 figures: 8 of TTFT, 8 of TPOT, 8 of batches are too few each.
    #expect(outcome.expected.isEmpty)
  }

  @Test func `no figure, no fit`() async throws {
    let (cases, _) = try read([
      Self.header, Self.loads[0].replacing("e2e_batch", with: "joy") + ",1",
    ])
    let outcome = await CalibrationOutcome(
      cases, prior: nil, crossValidates: false, report: { _ in })
    #expect(outcome == nil)
  }
}
