import Scenarios
import ServingModel
import ServingSim
import SimKernel
import TraceArchive

/// One workload on one fleet.
struct Benchmark: Sendable {
  var name: String
  var requests: Int
  /// What has to be there, when the plan can be missing.
  var needs = ""
  /// nil: a file it needs is not there.
  var plan: @Sendable (_ requests: Int) -> Plan?

  static var all: [Benchmark] {
    [single, sessions, fleet, mooncake, overload, millions] + growth + routing + conversations + [
      thousand
    ]
  }

  /// The plainest case: 1000 tokens in, 200 out, ten requests a second.
  static let single = Benchmark(name: "single", requests: 1_000_000) { requests in
    .bench(.poisson(requests, rate: 10), [.bench()])
  }

  /// Conversations of four turns on one replica with a prefix cache of 16-token blocks.
  static let sessions = Benchmark(name: "sessions", requests: 1_000_000) { requests in
    .bench(.sessions(requests, rate: 2.5), [.bench(prefixCaching: true)])
  }

  /// 64 replicas, each request to the one with the fewest outstanding.
  static let fleet = Benchmark(name: "fleet-64", requests: 1_000_000) { requests in
    .bench(.poisson(requests, rate: 640), [ReplicaPlan](repeating: .bench(), count: 64))
  }

  /// A recorded hour of conversations with 512-token block ids, on KV blocks of 16 tokens.
  static let mooncake = Benchmark(
    name: "mooncake", requests: 12_031, needs: "the trace is not in ../shared/data"
  ) { requests in
    mooncakeWorkload(limit: requests).map { workload in
      .bench(
        workload, [.bench(prefixCaching: true, blocks: 27_000, stepTime: LinearStepTime(.large))])
    }
  }

  /// Twice the load that 6000 KV blocks can serve: requests are preempted all the time.
  static let overload = Benchmark(name: "overload", requests: 1_000_000) { requests in
    .bench(.poisson(requests, rate: 20), [.bench(blocks: 6000)])
  }

  /// For the memory it takes.
  static let millions = Benchmark(name: "ten-million", requests: 10_000_000) { requests in
    .bench(.poisson(requests, rate: 10), [.bench()])
  }

  /// The plainest case in three lengths: a request must cost the same in all.
  static let growth = [("100k", 100_000), ("1M", 1_000_000), ("4M", 4_000_000)].map { size in
    Benchmark(name: "growth-\(size.0)", requests: size.1) { requests in
      .bench(.poisson(requests, rate: 10), [.bench()])
    }
  }
}

/// The trace, or nil when it is not beside this repository.
private func mooncakeWorkload(limit: Int) -> Workload? {
  let folder = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined()
  let path = folder + "/shared/data/traces/mooncake/conversation_trace.jsonl.gz"
  var replay = TraceReplay()
  replay.limit = limit
  let options = TraceReadOptions(format: .mooncake)
  guard let trace = try? RequestTrace.read(path: path, options: options) else { return nil }
  return try? replay.workload(of: trace)
}
