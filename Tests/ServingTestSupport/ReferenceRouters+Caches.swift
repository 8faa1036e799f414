import Foundation
import ServingModel
import ServingSim
import SimKernel

/// Routers that know of caches.
extension ReferenceSimulator {
  /// Blocks of a prompt that a replica has, and how many of them somebody holds.
  func found(_ number: Int, on i: Int, at now: Instant) -> (blocks: Int, held: Int) {
    let replica = replicas[i]
    let tokens = Int(workload.promptTokens[number])
    guard replica.isMember, !replica.isOff(at: now) else { return (0, 0) }
    let keys = BlockKeys(
      workload.content, number: number, blockSize: replica.plan.blockSize, promptTokens: tokens)
    let blocks = replica.matched(keys, tokens: tokens)
    return (blocks, (0..<blocks).count { replica.cache.isHeld(keys[$0]) })
  }

  private func pickAnyBest(_ members: [Int], _ scores: [Double]) -> Int {
    let best = zip(members, scores).filter { $0.1 == scores.max() }.map(\.0)
    return best.count == 1 ? best[0] : best[routing.random.integer(below: best.count)]
  }

  private func pickByChance(_ members: [Int], _ chances: [Double]) -> Int {
    let sum = chances.reduce(0, +)
    guard sum > 0 else { return members[routing.random.integer(below: members.count)] }
    let wanted = routing.random.uniform() * sum
    let reached = chances.indices.map { chances[...$0].reduce(0, +) }
    return members[reached.firstIndex { wanted < $0 } ?? members.count - 1]
  }

  func routeByScores(_ number: Int, _ members: [Int], at now: Instant) -> Int {
    let session = workload.sessions.flatMap { $0[number] >= 0 ? $0[number] : nil }
    func fewest(_ counts: [Int]) -> [Double] {
      guard let least = counts.min(), let most = counts.max(), least < most else {
        return counts.map { _ in 1 }
      }
      return counts.map { Double(most - $0) / Double(most - least) }
    }
    func scores(_ scorer: ScorerName) -> [Double] {
      switch scorer {
      case .prefixCache:
        return members.map {
          Double(found(number, on: $0, at: now).blocks * replicas[$0].plan.blockSize)
            / Double(workload.promptTokens[number])
        }
      case .queue: return fewest(members.map { reported($0).waiting })
      case .runningRequests: return fewest(members.map { reported($0).running })
      case .kvCacheUtilization:
        return members.map {
          1 - Double(reported($0).usedBlocks) / Double(replicas[$0].plan.usableBlocks)
        }
      case .activeRequests:
        let most = members.map { replicas[$0].count }.max() ?? 0
        return members.map {
          most == 0 ? 1 : Double(most - replicas[$0].count) / Double(most)
        }
      case .sessionAffinity:
        let home = session.flatMap { routing.lastHomes[$0] }
        return members.map { $0 == home ? 1 : 0 }
      }
    }
    var sums = members.map { _ in 0.0 }
    for weighted in plan.routerSettings.scorers {
      for (place, score) in scores(weighted.scorer).enumerated() {
        sums[place] += weighted.weight * score
      }
    }
    let chosen =
      plan.routerSettings.picker == .maxScore
      ? pickAnyBest(members, sums) : pickByChance(members, sums)
    if let session { routing.lastHomes[session] = chosen }
    return chosen
  }

  func routeByCosts(_ number: Int, _ members: [Int], at now: Instant) -> Int {
    for (request, entry) in routing.pending {
      let outcome = outcomes[request]
      let waits =
        outcome.status == .underWay && Int(outcome.replica) == entry.replica
        && outcome.firstToken == .never
      if !waits { routing.pending[request] = nil }
    }
    let prompt = Int(workload.promptTokens[number])
    let costs = members.map { i in
      let size = replicas[i].plan.blockSize
      let prefix = found(number, on: i, at: now)
      let others = routing.pending.values.filter { $0.replica == i }.reduce(0) { $0 + $1.tokens }
      let used = replicas[i].plan.usableBlocks - replicas[i].cache.free
      return plan.routerSettings.overlapScoreWeight
        * (Double(others + prompt - prefix.blocks * size) / Double(size))
        + Double(used + prompt / size - prefix.held)
    }
    let temperature = plan.routerSettings.routerTemperature
    let (least, most) = (costs.min() ?? 0, costs.max() ?? 0)
    let chosen =
      if temperature == 0 {
        pickAnyBest(members, costs.map { -$0 })
      } else if least == most {
        members[routing.random.integer(below: members.count)]
      } else {
        pickByChance(members, costs.map { exp((least - $0) / (most - least) / temperature) })
      }
    let cached = found(number, on: chosen, at: now).blocks * replicas[chosen].plan.blockSize
    routing.pending[number] = (chosen, prompt - cached)
    return chosen
  }

  func routeByTexts(_ number: Int, _ members: [Int], at now: Instant) -> Int {
    let settings = plan.routerSettings
    routing.tree.keep(only: members)
    let due = now / Instant(settings.evictionInterval.picoseconds)
    if due > routing.evictions {
      routing.evictions = due
      for i in members { routing.tree.evict(from: i, to: settings.maxTreeSize) }
    }
    let tokens = Int(workload.promptTokens[number])
    let keys = BlockKeys(workload.content, number: number, blockSize: 1, promptTokens: tokens)
    let text = (0..<tokens).map { keys.token($0) }
    let loads = members.map { replicas[$0].count }
    let (least, most) = (loads.min() ?? 0, loads.max() ?? 0)
    var chosen = members[loads.firstIndex(of: least) ?? 0]
    let isUnequal =
      most - least > settings.balanceAbsThreshold
      && Double(most) > Double(least) * settings.balanceRelThreshold
    if !isUnequal, let found = routing.tree.match(text),
      Double(found.tokens) / Double(tokens) > settings.cacheThreshold
    {
      chosen = found.replica
    }
    routing.tree.insert(text, chosen)
    return chosen
  }
}
