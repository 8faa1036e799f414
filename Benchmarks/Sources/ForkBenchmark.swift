import ServingSim
import SimKernel

/// Copies of a running fleet of 16 replicas by how many requests are under way: what a what-if costs
/// before anything is played.
enum ForkBenchmark {
  static let name = "fork"

  static func run(runs: Int) {
    print("fork, requests under way: CPU us a copy, CPU us a copy and request")
    for requests in [16, 1000, 4000, 16_000] { print(line(requests, runs: runs)) }
  }

  private static func line(_ requests: Int, runs: Int) -> String {
    let replicas = [ReplicaPlan](repeating: .bench(), count: 16)
    var live = LiveSimulation(
      .bench(.poisson(1, rate: 1), replicas).withoutRequests, capacity: 100_000, chains: 0)
    for _ in 0..<requests {
      _ = live.submit(LiveArrival(promptTokens: 1000, outputTokens: 200), at: .start)
    }
    live.advance(to: SimTime(seconds: 1)) { _, _ in }
    let copies = 100
    // Memory that the process has had before comes faster.
    for _ in 0..<copies { _ = live.copy() }
    var best = Double.infinity
    for _ in 0..<max(1, runs) {
      let start = cpuSeconds()
      for _ in 0..<copies { _ = live.copy() }
      best = min(best, (cpuSeconds() - start) / Double(copies))
    }
    let microseconds = best * 1e6
    return
      "\(requests): \(Int(microseconds)), \(Double(Int(microseconds / Double(requests) * 100)) / 100)"
  }
}
