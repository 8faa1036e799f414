import Accuracy
import ServingModel
import ServingTestSupport
import Testing
import TextAndBytes

struct ValidationTests {
  private func validate(_ cases: MeasuredCases) async throws -> [Prediction] {
    try #require(
      await Validation(cases).predictions(coefficients: { _ in .uncalibrated }))
  }

  private func mixedCases() throws -> MeasuredCases {
    try read([
      "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value",
      "a,static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,1,100,11,e2e_batch,24",
      "b,static_batch,H900,1,Llama-3.1-8B,bf16,vllm,1,1,100,11,e2e_batch,24",
      "a,static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,1,100,11,system_wall_power,500",
      "c,static_batch,H100,x,Llama-3.1-8B,bf16,vllm,1,1,100,11,e2e_batch,24",
      "a,static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,1,100,11,prefill_batch,2",
      "d,static_batch,H100,1,Llama-3.1-8B,bf16,vllm,1,1,100,1,tpot_mean,2",
    ]).cases
  }

  @Test func `every row gets a prediction or a reason, in its place`() async throws {
    let predictions = try await validate(try mixedCases())
    #expect(predictions.map(\.row.caseID) == ["a", "b", "a", "c", "a", "d"])
    let ready = try PreparedCase(
      try mixedCases().cases[0], try CaseSetUp(resolving: try mixedCases().cases[0]),
      metrics: [.batchEndToEnd, .batchPrefill])
    let values = ready.run(.uncalibrated).values
    #expect(
      predictions.map(\.predicted) == [
        values[.batchEndToEnd], nil, nil, nil, values[.batchPrefill], nil,
      ])
    #expect(
      predictions.map(\.status) == [
        "ok", "unsupported", "unsupported", "unsupported", "ok", "unsupported",
      ])
    #expect(
      predictions.map(\.reason) == [
        "", "no accelerator \"H900\" in the catalogue; nearest is h100-pcie",
        "what servers draw beside their accelerators is not modelled",
        "n_gpu: found \"x\"; allowed are whole numbers from 1 to 1000000", "",
        "no request finished that it could be taken of",
      ])
  }

  @Test func `power needs a thermal design power, other figures do not`() async throws {
    let cases = try read([
      "case_id,family,gpu,n_gpu,model,precision,engine,tp,concurrency,isl_mean,osl_mean,metric,value",
      "a,static_batch,tpu-v6e,4,Llama-3.1-8B,bf16,vllm,4,1,100,11,gpu_power_avg_total,500",
      "a,static_batch,tpu-v6e,4,Llama-3.1-8B,bf16,vllm,4,1,100,11,e2e_batch,24",
    ]).cases
    let predictions = try await validate(cases)
    #expect(predictions[0].predicted == nil)
    #expect(predictions[0].reason == "the thermal design power of tpu-v6e is not published")
    #expect(predictions[1].status == "ok")
  }

  @Test func `errors are shares of the measured value`() {
    let row = MeasuredRow(caseID: "a", caseIndex: 0, metric: "m", value: 24, keys: [:])
    let prediction = Prediction(row: row, predicted: 12, reason: "")
    #expect(prediction.bias == -0.5 && prediction.absoluteError == 0.5)
  }

  @Test func `what is assumed stands beside the prediction`() async throws {
    let (cases, _) = try read([
      "case_id,family,gpu,n_gpu,model,precision,precision_known,engine,tp,concurrency,isl_mean,"
        + "osl_mean,metric,value",
      "a,static_batch,H100,1,Llama-3.1-8B,bf16,False,atom,1,1,100,11,e2e_batch,24",
    ])
    let predictions = try await validate(cases)
    #expect(
      predictions.map(\.reason) == [
        "precision not stated by the source; scheduling and memory of atom like vLLM's"
      ])
    #expect(predictions[0].status == "ok")
  }

  @Test func `the same cases give the same predictions`() async throws {
    let cases = try mixedCases()
    let first = try await validate(cases).map(\.predicted)
    let second = try await validate(cases).map(\.predicted)
    #expect(first == second)
  }

  @Test func `a run that is stopped has no result`() async throws {
    let validation = await Validation(try mixedCases())
    let predictions = await validation.predictions(
      coefficients: { _ in .uncalibrated }, isStopped: { true })
    #expect(predictions == nil)
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `every development case has a set-up`() {
    let folder = SharedData.path("groundtruth")
    let cases = CaseFiles.read([folder])
    #expect(cases.problems.isEmpty)
    #expect(cases.rows.count == 5985)
    #expect(cases.cases.compactMap(refusal) == [])
  }
}
