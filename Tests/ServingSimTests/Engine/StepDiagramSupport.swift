import ServingSim
import ServingTestSupport
import Testing

/// Draws a plan's steps, and makes sure that a run in spans ends every request alike.
func checkSteps(
  _ plan: Plan, _ picture: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let trace = StepTrace(of: plan)
  let drawn = StepDiagram(trace, of: plan.workload).text
  #expect(drawn == picture, "\n\(drawn)", sourceLocation: sourceLocation)
  #expect(trace.outcomes == Simulation.run(plan).outcomes, sourceLocation: sourceLocation)
  #expect(trace.usedBlocksAtEnd == 0, sourceLocation: sourceLocation)
}

/// Clients say how long an answer may be: as long as it gets.
func limited(_ requests: [StepRequest], _ replica: ReplicaPlan) -> Plan {
  var plan = stepPlan(requests, replica)
  plan.workload.limitAnswersToTheirLengths()
  return plan
}
