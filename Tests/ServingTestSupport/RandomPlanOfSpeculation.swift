import ServingModel
import ServingPolicies
package import ServingSim
import SimKernel

/// Random plans of all kinds in which replicas verify what a drafter proposes: that it is never right or
/// always, more or less in larger batches, with memory and tokens a step that suffice or do not.
package func randomPlanOfSpeculation(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 24)
  let bases = [
    randomPlan, randomPlan, randomPlanWithPowerDown, randomPlanWithPatience,
    randomPlanInScarceCaches, randomPlanUnderPressure, randomPlanUnderPressure, randomPlanOfTies,
    randomPlanOfFailures, randomPlanOfGangs, randomPlanOfHandovers, randomPlanOfOffloading,
    randomPlanOverYears,
  ]
  var plan = random.pick(bases)(seed)
  draft(&plan, &random)
  return plan
}

/// A plan like `randomPlan`, whose replicas have drafters.
package func randomDraftingPlan(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 25)
  var plan = randomPlan(seed: seed)
  draft(&plan, &random)
  return plan
}

/// Gives most replicas of `plan` a drafter.
private func draft(_ plan: inout Plan, _ random: inout RandomStream) {
  plan.replicas = plan.replicas.map { servingAsVLLM($0) }
  let acceptance = randomAcceptance(&random, seed: plan.seed)
  for i in plan.replicas.indices where random.between(0, 5) > 0 {
    plan.replicas[i].enableChunkedPrefill = true
    if plan.replicas[i].scheduler.service != nil {
      plan.replicas[i].scheduler = FirstComeFirstServed()
    }
    let longest = acceptance.rates.count
    let byBatch = (0..<random.between(1, 6)).map { _ in random.between(0, longest) }
    let schedule = random.pick([
      DraftSchedule(longest), DraftSchedule(longest), DraftSchedule(byBatch: byBatch),
    ])
    plan.replicas[i].speculation = SpeculationPlan(
      schedule: schedule, lookaheadTokens: random.pick([0, longest]),
      recomputesLastBlock: random.pick([false, true]), acceptance: acceptance)
  }
}

private func randomAcceptance(_ random: inout RandomStream, seed: UInt64) -> DraftAcceptance {
  var rates: [Double] = []
  let rate = random.pick([0, 1, 0.5, random.uniform()])
  for _ in 0..<random.between(1, 7) { rates.append((rates.last ?? 1) * rate) }
  return DraftAcceptance(rates: rates, seed: seed)
}
