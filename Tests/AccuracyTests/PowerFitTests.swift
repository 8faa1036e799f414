import Impact
import ServingModel
import Testing

@testable import Accuracy

struct PowerFitTests {
  private let truth = PowerModel(
    idle: PowerModels.idle, floor: 0.4, compute: 1.5, memory: 1.4, provenance: "made up")

  private let header =
    "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value"

  private func setUp(_ batch: Int, _ model: String, _ gpu: String) -> String {
    "\(model)-\(batch),static_batch,\(gpu),1,\(model),bf16,vllm,1,\(batch),300,50"
  }

  /// Batches of two models that draw what `truth` says. Their time is what the simulation says
  /// times `slowness`.
  private func cases(slowness: Double = 1) async throws -> MeasuredCases {
    let setUps = [1, 4, 16, 64].flatMap { batch in
      [setUp(batch, "Llama-3.1-8B", "H100"), setUp(batch, "Qwen3-8B", "A100")]
    }
    func lines(_ metric: String) -> [String] { setUps.map { "\($0),\(metric),1" } }
    let asked = try read([header] + lines("gpu_power_avg_total") + lines("e2e_batch")).cases
    let truth = truth
    let answers = try #require(
      await Validation(asked).predictions(
        coefficients: { _ in .uncalibrated }, powerModel: { _ in truth }))
    let powers = zip(setUps, answers).map {
      "\($0),gpu_power_avg_total,\($1.predicted ?? 0)"
    }
    let times = zip(setUps, answers.suffix(setUps.count)).map {
      "\($0),e2e_batch,\(($1.predicted ?? 0) * slowness)"
    }
    return try read([header] + powers + times).cases
  }

  private func fit(_ cases: MeasuredCases) async -> PowerFit {
    await PowerFit(await Validation(cases.withPower)) { _ in .uncalibrated }
  }

  @Test func `draws that follow a model are met`() async throws {
    let fit = await fit(try await cases())
    let models = fit.models()
    #expect(models.draws == ["ampere": 4, "hopper": 4])
    let errors = fit.errors { _ in models }
    #expect(errors.count == 8)
    #expect(errors.allSatisfy { $0 < 0.04 }, "\(errors)")
    let prior = PowerModel(idle: 0.11, floor: 0.25, compute: 2, memory: 1, provenance: "")
    let before = fit.errors { _ in
      PowerFit.Models(general: prior, byArchitecture: [:], draws: [:])
    }
    #expect(errors.reduce(0, +) < 0.3 * before.reduce(0, +), "\(before)")
  }

  @Test func `what draws as much in twice the time draws more for its load`() async throws {
    let same = await fit(try await cases()).models().general
    let slow = await fit(try await cases(slowness: 2)).models().general
    for use in [(compute: 0.01, memory: 0.4), (compute: 0.3, memory: 0.1)] {
      #expect(
        slow.share(compute: use.compute, memory: use.memory)
          > 1.03 * same.share(compute: use.compute, memory: use.memory))
    }
  }

  @Test func `a fit that leaves something out does not know it`() async throws {
    let fit = await fit(try await cases())
    let without = fit.models(leavingOut: .accelerator)
    #expect(Set(without.keys) == ["h100-sxm", "a100-sxm-80"])
    #expect(without["h100-sxm"]?.draws == ["ampere": 4])
    let h100 = try #require(Accelerators.named("h100-sxm"))
    let models = try #require(without["h100-sxm"])
    #expect(models.model(for: h100) == models.general)
    #expect(Set(fit.models(leavingOut: .model).keys) == ["llama-3.1-8b", "qwen3-8b"])
  }

  @Test func `an outcome tells errors in sample and of new models and accelerators`() async throws {
    let outcome = try #require(await PowerFitOutcome(try await cases()) { _ in .uncalibrated })
    #expect(
      outcome.errorsAtMeasuredTimes.map(\.sample) == ["in sample", "new model", "new accelerator"])
    let errors = outcome.errorsAtMeasuredTimes.map { $0.errors.reduce(0, +) }
    #expect(errors[0] < errors[1] && errors[0] < errors[2], "\(errors)")
    #expect(outcome.tables.map(\.columns) == [["metric"], ["gpu", "metric"]])
    #expect(outcome.tables[0].rows.map(\.group) == [["gpu_power_avg_total"]])
    #expect(outcome.tables[0].rows[0].rows == 8)
  }

  @Test func `without a draw there is no fit`() async throws {
    let cases = try read([header, setUp(1, "Llama-3.1-8B", "H100") + ",e2e_batch,24"]).cases
    let outcome = await PowerFitOutcome(cases) { _ in .uncalibrated }
    #expect(outcome == nil)
  }

  @Test func `rows of cases without power are left out`() async throws {
    let cases = try read([
      header, setUp(1, "Llama-3.1-8B", "H100") + ",e2e_batch,24",
      setUp(4, "Llama-3.1-8B", "H100") + ",gpu_power_avg_per_gpu,400",
      setUp(4, "Llama-3.1-8B", "H100") + ",e2e_batch,24",
    ]).cases
    #expect(cases.withPower.rows.map(\.metric) == ["gpu_power_avg_per_gpu", "e2e_batch"])
    #expect(cases.withPower.rows.allSatisfy { $0.caseID == "Llama-3.1-8B-4" })
  }
}
