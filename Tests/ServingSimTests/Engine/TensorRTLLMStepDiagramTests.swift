import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import Testing

/// TensorRT-LLM's rules, as pictures.
@Suite(.timeLimit(.minutes(30))) struct TensorRTLLMStepDiagramTests {
  @Test func `TensorRT-LLM lets in who can end without anybody making room`() {
    var plan = stepPlan(
      [StepRequest(prompt: 4, output: 3), StepRequest(prompt: 4, output: 3)],
      stepReplica(blocks: 6, scheduler: GuaranteedNoEvict()))
    plan.workload.traits[.maxTokens] = [4, 6]
    checkSteps(
      plan,
      """
      A: 4dd|
      B: ...4dd|
      """)
  }

  @Test func `nobody is preempted at TensorRT-LLM, however little room there is`() {
    for seed in UInt64(0)..<300 {
      var plan = randomPlanOfOtherEngines(seed: seed)
      for i in plan.replicas.indices {
        plan.replicas[i].scheduler = GuaranteedNoEvict()
        plan.replicas[i].enablePrefixCaching = seed.isMultiple(of: 2)
      }
      #expect(Simulation.run(plan).replicas.allSatisfy { $0.preemptions == 0 }, "plan \(seed)")
    }
  }
}
