import ServingModel
import Testing

struct CalibrationProfilesTests {
  @Test(arguments: CalibrationProfiles.all)
  func `a shipped profile is whole`(profile: CalibrationProfile) {
    #expect(CalibrationProfiles.named(profile.name.uppercased()) == profile)
    #expect(!profile.source.isEmpty && !profile.evidence.isEmpty)
    for coefficient in Coefficient.allCases {
      #expect(coefficient.bounds.contains(profile.base[coefficient.rawValue]))
    }
    for effect in profile.effects {
      #expect(effect.factor > 0 && effect.standardError >= 0)
      #expect(effect.dimension.isCounted == effect.value.isEmpty)
      #expect(profile.effects.count { $0.isAbout(effect) } == 1)
    }
    #expect(Set(profile.evidence.map(\.order)).count == profile.evidence.count)
    for evidence in profile.evidence {
      #expect(Accelerators.named(evidence.accelerator) != nil)
      #expect(Models.named(evidence.model) != nil)
    }
    for status in [CalibrationStatus.measured, .newModel, .newAccelerator] {
      #expect(profile.errors.count { $0.status == status } == ExpectedError.Metric.allCases.count)
    }
  }

  @Test func `the newest comes last`() {
    #expect(CalibrationProfiles.all.last == CalibrationProfiles.newest)
  }

  @Test func `engines schedule ahead since the versions that do`() {
    let ahead = [
      ("vllm", nil), ("vllm", "0.15.1"), ("tensorrt-llm", "1.0"), ("sglang", "0.4.1"),
    ]
    for (engine, version) in ahead {
      #expect(EngineEra.schedulesAhead(engine, version: version))
    }
    for (engine, version) in [("vllm", "0.11.0"), ("tensorrt-llm", "0.20.0")] {
      #expect(!EngineEra.schedulesAhead(engine, version: version))
    }
  }
}
