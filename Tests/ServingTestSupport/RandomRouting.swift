import ServingSim
import SimKernel

/// Draws what routers go by: weights of replicas, options, and how old reports may be.
func chooseRouting(of plan: inout Plan, pace: Int) {
  var random = RandomStream(seed: plan.seed, .tests, index: 17)
  func time(_ random: inout RandomStream) -> SimDuration {
    SimDuration(picoseconds: Int64(random.between(1, 50) * 1_000_000 * pace))
  }
  for i in plan.replicas.indices { plan.replicas[i].weight = random.pick([1, 1, 2, 5]) }
  if random.pick([true, false, false]) { plan.routerSettings.refreshInterval = time(&random) }
  plan.routerSettings.loadFactor = random.pick([1, 1.25, 3])
  plan.routerSettings.cacheThreshold = random.pick([0, 0.3, 0.9])
  plan.routerSettings.balanceAbsThreshold = random.pick([0, 2, 64])
  plan.routerSettings.balanceRelThreshold = random.pick([1, 1.5])
  plan.routerSettings.evictionInterval = time(&random)
  plan.routerSettings.maxTreeSize = random.pick([1, 40, 300, 1 << 26])
  plan.routerSettings.overlapScoreWeight = random.pick([0, 1, 1, 2.5])
  plan.routerSettings.routerTemperature = random.pick([0, 0, 0.2, 1])
  plan.routerSettings.picker = random.pick(PickerName.allCases)
  let scorers = ScorerName.allCases.filter { _ in random.pick([true, false]) }
  plan.routerSettings.scorers = (scorers.isEmpty ? [.queue] : scorers).map {
    WeightedScorer($0, weight: random.pick([1, 1, 2, 0.5]))
  }
}
