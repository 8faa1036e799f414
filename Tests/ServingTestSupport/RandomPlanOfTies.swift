import ServingModel
package import ServingSim
import SimKernel

/// Random plans all of whose times are whole milliseconds, those of steps, too, and few of them: steps
/// end, replicas come up and go off, clients give up and requests arrive at one instant, also amid
/// the spans of other replicas.
package func randomPlanOfTies(seed: UInt64) -> Plan {
  var random = RandomStream(seed: seed, .tests, index: 16)
  let bases = [
    randomPlanInScarceCaches, randomPlanWithPatience, randomPlanOfOtherEngines,
    randomPlanWithShift, randomPlanWithPowerDown,
  ]
  var plan = random.pick(bases)(seed)
  let count = plan.workload.count
  let arrivals = (0..<count).map { _ in random.between(0, 30) }.sorted()
  for i in 0..<count where !plan.workload.arrivals[i].isNever {
    plan.workload.arrivals[i] = .start + .millisecond * arrivals[i]
  }
  let impatient = random.pick([true, true, false])
  plan.workload.patience = (0..<count).map { _ in
    random.pick([.longest, impatient ? .millisecond * random.between(1, 30) : .longest])
  }
  plan.workload.closedLoop?.thinkTime = .millisecond * random.pick([0, 0, random.between(1, 5)])
  for i in plan.workload.dependencies?.thinkTimes.indices ?? 0..<0 {
    plan.workload.dependencies?.thinkTimes[i] =
      .millisecond * random.pick([0, 0, random.between(1, 5)])
  }
  if plan.shift != nil {
    plan.shift?.spacing = .millisecond * random.between(1, 8)
    plan.shift?.reserve = .millisecond * random.between(1, 4)
  }
  let stepTime = tiedStepTime(&random)
  for i in plan.replicas.indices {
    let window = plan.replicas[i].stepTime.attentionWindow
    var own = random.pick([stepTime, stepTime, tiedStepTime(&random)])
    own.attentionWindow = window
    plan.replicas[i].stepTime = own
    guard plan.replicas[i].powerDown != nil else { continue }
    plan.replicas[i].powerDown = PowerDown(
      after: .millisecond * random.between(1, 6), wake: .millisecond * random.between(0, 4))
  }
  return plan
}

private func tiedStepTime(_ random: inout RandomStream) -> TestStepTime {
  let millisecond = SimDuration.millisecond.picoseconds
  return TestStepTime(
    base: millisecond * Int64(random.pick([1, 1, 2, 3])),
    perDecode: random.pick([0, 0, 0, millisecond]),
    perContext: random.pick([0, 0, 0, millisecond]),
    perPrefillToken: random.pick([0, 0, millisecond]), isStraight: random.pick([true, true, false]))
}
