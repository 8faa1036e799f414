import Report
import ServingModel
import Testing

@testable import Scenarios

struct CalibrationProfileFileTests {
  private func problems(_ text: String) -> [String] {
    do throws(ScenarioIssues) {
      _ = try CalibrationProfileFile.profile(text, file: "p.yaml")
      return []
    } catch {
      return error.issues.map(\.description)
    }
  }

  private static let odd = CalibrationProfile(
    name: "ours: \"2\"", source: "ten points # of ours",
    base: Coefficient.allCases.map {
      switch $0.unit {
      case .share: 0.0123
      case .seconds: Double($0.rawValue * $0.rawValue * 123_456_700) / 1e12
      case .count: 1.5
      }
    },
    effects: [
      CalibrationEffect(
        [.layerLatency, .hostTime], .era, "vllm 0.13-", factor: 1e-3, standardError: 0.1),
      CalibrationEffect([.matrixCompute], .accelerator, "a, {b}", factor: 12.5),
      CalibrationEffect([.allReduceLatency], .tensorDoublings, factor: 1.1, standardError: 0.2),
    ],
    evidence: [
      CalibrationEvidence(
        engine: "vllm", accelerator: "a: b", model: "[m]", precision: .float8,
        layout: .expertAcrossServers, cases: 7)
    ],
    errors: [ExpectedError(.newAccelerator, .e2e, median: 0.1, ninetieth: 2.5)])

  @Test(arguments: CalibrationProfiles.all + [odd])
  func `what is written reads back as it was`(profile: CalibrationProfile) throws {
    let text = CalibrationProfileYAML.render(profile)
    #expect(try CalibrationProfileFile.profile(text, file: "p.yaml") == profile)
  }

  @Test func `latencies have units that suit them`() {
    let text = CalibrationProfileYAML.render(Self.odd)
    #expect(text.contains("\n  matrix_bandwidth: 0.0123\n"))
    #expect(text.contains("\n  matrix_latency: 493.8268 us\n"))
    #expect(text.contains("\n  frontend_latency: 49.38268 ms\n"))
  }

  @Test func `JSON will do, and extends fills in what is not said`() throws {
    let profile = try CalibrationProfileFile.profile(
      """
      {"name": "ours", "source": "us", "extends": "kavier-2026.11",
       "base": {"layer_latency": "40 us"},
       "effects": [{"of": ["host_time"], "accelerator": "our-gpu", "factor": 2}]}
      """, file: "p.json")
    let shipped = CalibrationProfiles.newest
    #expect(profile.base[Coefficient.layerLatency.rawValue] == 40e-6)
    #expect(
      profile.base[Coefficient.hostTime.rawValue] == shipped.base[Coefficient.hostTime.rawValue])
    #expect(profile.effects.dropLast() == shipped.effects[...])
    #expect(profile.effects.last?.factor == 2)
    // Nobody has measured what comes of it.
    #expect(profile.evidence == [] && profile.errors == [])
  }

  @Test func `an effect takes the place of the same one that it extends`() throws {
    let known = try #require(CalibrationProfiles.newest.effects.first { !$0.dimension.isCounted })
    let names = known.coefficients.map(\.name).joined(separator: ", ")
    let profile = try CalibrationProfileFile.profile(
      """
      name: ours
      source: us
      extends: kavier-2026.11
      effects: [{of: [\(names)], \(known.dimension.rawValue): \(known.value), factor: 7}]
      """, file: "p.yaml")
    #expect(profile.effects.count == CalibrationProfiles.newest.effects.count)
    #expect(profile.effects.filter { $0.isAbout(known) }.map(\.factor) == [7])
  }

  @Test func `everything wrong is told at once, with its line`() {
    #expect(
      problems(
        """
        name: ours
        sorce: us
        extends: kavier-2026.1
        base:
          matrix_bandwidth: 1.2
          layer_latency: -4 us
          host_time: 40
          hast_time: 1 us
        effects:
          - {of: [layer_latensy], accelerator: h100-sxm, factor: 0}
          - {of: [host_time], layers: fp9, factor: 1}
          - {of: host_time, factor: 1}
          - {of: [host_time], per: doublings, engine: vllm}
        evidence: [{engine: vllm, model: m, precision: fp9, cases: -1}]
        errors: [{status: new_modell, metric: tpot, median: 0.3, ninetieth: 0.2}]
        """) == [
          "p.yaml:1: source: missing; expected what it was fitted to, in a sentence",
          "p.yaml:2: sorce: unknown field; did you mean \"source\"?",
          "p.yaml:3: extends: no shipped profile \"kavier-2026.1\"; shipped are kavier-2026.11; "
            + "did you mean \"kavier-2026.11\"?",
          "p.yaml:5: base.matrix_bandwidth: found \"1.2\"; expected a share from 0.001 to 1, "
            + "like 0.8",
          "p.yaml:6: base.layer_latency: found \"-4 us\"; expected a time with its unit, like "
            + "40 us, up to 1 s",
          "p.yaml:7: base.host_time: found \"40\"; expected a time with its unit, like 40 us, up "
            + "to 1 s",
          "p.yaml:8: base.hast_time: unknown field; did you mean \"host_time\"?",
          "p.yaml:10: effects.0.of.0: found \"layer_latensy\"; expected one of "
            + Coefficient.allCases.map(\.name).joined(separator: ", ")
            + "; did you mean \"layer_latency\"?",
          "p.yaml:10: effects.0.factor: found \"0\"; expected a number above 0",
          "p.yaml:11: effects.1.layers: found \"fp9\"; expected one of fp32, bf16, fp8, int8, "
            + "fp4, int4; did you mean \"fp8\"?",
          "p.yaml:12: effects.2.of: found \"host_time\"; expected a list of coefficients, like "
            + "[layer_latency]",
          "p.yaml:12: effects.2: found 0 traits; expected one of engine, era, architecture, "
            + "accelerator, layers, experts, expert_kernel, kv_cache, software, data_parallel, "
            + "harness, per",
          "p.yaml:13: effects.3.per: found \"doublings\"; expected one of tensor_doublings, "
            + "expert_size",
          "p.yaml:13: effects.3: found 2 traits; expected one of engine, era, architecture, "
            + "accelerator, layers, experts, expert_kernel, kv_cache, software, data_parallel, "
            + "harness, per",
          "p.yaml:13: effects.3.factor: missing; expected a number above 0",
          "p.yaml:14: evidence.0.precision: found \"fp9\"; expected one of fp32, bf16, fp8, "
            + "int8, fp4, int4; did you mean \"fp8\"?",
          "p.yaml:14: evidence.0.cases: found \"-1\"; expected a whole number from 1",
          "p.yaml:14: evidence.0.accelerator: missing; expected a word",
          "p.yaml:14: evidence.0.layout: missing; expected how accelerators shared the work, like "
            + "tensor",
          "p.yaml:15: errors.0.status: found \"new_modell\"; expected one of measured, "
            + "new_precision, new_model, new_parallelism, new_accelerator, new_engine, "
            + "several_servers, with_drafter, uncalibrated; did you mean \"new_model\"?",
          "p.yaml:15: errors.0: median 0.3 is above ninetieth 0.2",
        ])
  }

  @Test func `without extends every coefficient is needed`() {
    let found = problems("{name: ours, source: us, base: {layer_latency: 1 us}}")
    #expect(found.count == Coefficient.allCases.count - 1)
    #expect(
      found.first == "p.yaml:1: base.matrix_bandwidth: missing; expected a share from 0.001 to "
        + "1, like 0.8, or extends beside base")
    #expect(
      problems("{name: ours, source: us}")
        == ["p.yaml:1: base: missing; expected a mapping with every coefficient"])
  }
}
