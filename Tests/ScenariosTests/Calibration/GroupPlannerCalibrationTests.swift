import FoundationEssentials
import Report
import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

struct GroupPlannerCalibrationTests {
  private func replica(_ fleet: String, set overrides: [String] = []) throws -> ReplicaPlan {
    try #require(try plan(small(fleet: fleet), set: overrides).replicas.first)
  }

  private func decodeStep(_ replica: ReplicaPlan) -> SimDuration {
    var work = StepWork()
    work.decodeSequences = 8
    work.decodeContext = 8000
    return replica.stepTime.duration(of: work)
  }

  @Test func `the newest shipped profile calibrates what nobody says otherwise about`() throws {
    let plan = try plan(small())
    let newest = CalibrationProfiles.newest
    #expect(
      plan.line("fleet.calibration") == "\(newest.name) (default: the newest shipped profile)")
    #expect(plan.line("derived.fleet.calibration")?.hasPrefix("measured (") == true)
    let calibration = try #require(plan.replicas.first?.calibration)
    #expect(calibration.profile == newest.name && calibration.status == .measured)
    #expect(calibration.errors == newest.errors.filter { $0.status == .measured })
    let error = try #require(calibration.error(of: .tpot))
    let percent = "\(Int((error.median * 100).rounded())) %"
    #expect(plan.line("derived.fleet.expected_error.tpot")?.hasPrefix(percent + " (") == true)
    #expect(plan.replicas[0].stepTime.provenance == "calibrated by \(newest.name) (measured)")
  }

  @Test func `where the engine was not measured it says so`() throws {
    let replica = try replica("engine: {name: sglang}", set: ["fleet.accelerator=l4"])
    #expect(replica.calibration?.status == .newAccelerator)
    #expect(replica.stepTime.provenance.hasSuffix(" (new accelerator)"))
  }

  @Test func `none leaves the roofline uncalibrated`() throws {
    let plain = try replica("calibration: none")
    #expect(plain.calibration == .uncalibrated)
    #expect(plain.stepTime.provenance == RooflineCoefficients.uncalibrated.provenance)
    #expect(plain.frontendLatency == .zero)
    #expect(decodeStep(plain) != decodeStep(try replica("")))
  }

  @Test func `engine and version decide step times and async scheduling`() throws {
    let newest = try replica("")
    let older = try replica("engine: {version: 0.8.5}")
    let other = try replica("engine: {name: tensorrt-llm, version: \"1.0\"}")
    #expect(Set([newest, older, other].map { decodeStep($0) }).count == 3)
    #expect([newest, older, other].map(\.asyncScheduling) == [true, false, true])
    #expect(try replica("engine: {async_scheduling: false}").asyncScheduling == false)
    #expect(problems(small(fleet: "engine: {name: tensorrt_llm}")) == [])
    #expect(
      problems(small(fleet: "engine: {name: tensort-llm, version: eight}")) == [
        "s.yaml:10: fleet.engine.name: found \"tensort-llm\"; expected one of vllm, "
          + "tensorrt-llm, sglang; did you mean \"tensorrt-llm\"?",
        "s.yaml:10: fleet.engine.version: found \"eight\"; expected newest or a version like "
          + "\"0.15.1\"",
      ])
  }

  @Test func `a profile of one's own is found beside the scenario`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var profile = CalibrationProfiles.newest
    profile.name = "ours"
    profile.base[Coefficient.frontendLatency.rawValue] = 0.5
    profile.effects.removeAll { $0.coefficients.contains(.frontendLatency) }
    try CalibrationProfileYAML.render(profile).write(
      toFile: folder + "/ours.yaml", atomically: false, encoding: .utf8)
    let source = SourceFile(
      name: "s.yaml", text: small(fleet: "calibration: ours.yaml"), folder: folder + "/")
    let plan = try ScenarioLoader.load(source, overrides: []).plan
    let replica = try #require(plan.replicas.first)
    #expect(replica.calibration?.profile == "ours")
    #expect(replica.frontendLatency == .millisecond * 500)
    #expect(plan.line("fleet.calibration") == "ours.yaml (s.yaml:10)")
  }

  @Test(arguments: [
    (
      "calibration: kavier-2026.12",
      "s.yaml:10: fleet.calibration: found \"kavier-2026.12\"; expected kavier-2026.11, none or a "
        + "file .yaml or .json; did you mean \"kavier-2026.11\"?"
    ),
    (
      "calibration: nowhere.yaml",
      "s.yaml:10: fleet.calibration: cannot read \"nowhere.yaml\": No such file or directory"
    ),
    (
      "step_time: {model: linear, base: 1 ms}\ncalibration: none",
      "s.yaml:11: fleet.calibration: goes with step_time: roofline"
    ),
  ])
  func `what is no calibration is told`(fleet: String, problem: String) {
    #expect(problems(small(fleet: fleet)) == [problem])
  }

  @Test func `the frontend's latency may be stated`() throws {
    #expect(
      try replica("engine: {frontend_latency: 7 ms}").frontendLatency == .millisecond * 7)
    let linear = try replica("step_time: {model: linear, base: 1 ms}")
    #expect(linear.frontendLatency == .zero && linear.calibration == nil)
  }

  @Test func `data-parallel ranks are replicas of their own`() throws {
    let dense = try plan(small(fleet: "replicas: 2\nengine: {data_parallel_size: 3}"))
    #expect(dense.replicas.count == 6)
    #expect(dense.replicas[0].acceleratorCount == 1)
    #expect(decodeStep(dense.replicas[0]) == decodeStep(try replica("")))
    #expect(
      problems(small(fleet: "replicas: 1000\nengine: {data_parallel_size: 101}")) == [
        "s.yaml:11: fleet.engine.data_parallel_size: 1000 replicas of 101 ranks; together at "
          + "most 100000"
      ])
  }

  @Test func `ranks of a model with experts share them, whole or cut up`() throws {
    func replica(_ engine: String) throws -> ReplicaPlan {
      let set = ["fleet.model=qwen3-30b-a3b"]
      return try self.replica("engine: {\(engine)}", set: set)
    }
    let alone = try replica("tensor_parallel_size: 2")
    let cut = try replica("tensor_parallel_size: 2, data_parallel_size: 2")
    let whole = try replica(
      "tensor_parallel_size: 2, data_parallel_size: 2, enable_expert_parallel: true")
    #expect(cut.usableBlocks > alone.usableBlocks)
    #expect(decodeStep(whole) != decodeStep(cut) && decodeStep(cut) != decodeStep(alone))
    #expect(
      problems(small(fleet: "engine: {tensor_parallel_size: 3, enable_expert_parallel: true}"))
        .count == 2)
  }

  @Test func `dealing out experts that a model lacks has no effect`() throws {
    let plan = try plan(small(fleet: "engine: {enable_expert_parallel: true}"))
    #expect(
      plan.line("fleet.engine.enable_expert_parallel")
        == "true (s.yaml:10, without effect: the model has no experts)")
  }
}
