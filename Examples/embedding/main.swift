// A program that embeds Kavier: it compares two fleets, then asks a running one "what if?".
//
//   swift run kavier-embedding

import KavierCore

let yaml = """
  workload:
    synthetic:
      requests: 400
      arrivals: {process: poisson, rate: 8 /s}
      prompt_tokens: {distribution: lognormal, median: 1500, sigma: 0.5, max: 8000}
      output_tokens: {distribution: lognormal, median: 200, sigma: 0.5, max: 2000}
  fleet: {replicas: 1, model: llama-3.1-8b, accelerator: l40s}
  """

do {
  for replicas in 1...2 {
    let plan = try ServingPlan(yaml: yaml, overrides: ["fleet.replicas=\(replicas)"])
    let run = plan.run()
    print("\(replicas) replicas: p95 TTFT \(milliseconds(run.timeToFirstToken?.p95))")
  }

  // The same requests with one replica; after ten seconds forty others come at once. When is all
  // done, and when with another replica, which takes two seconds to start?
  var live = LiveRun(try ServingPlan(yaml: yaml))
  _ = live.advance(to: 10)
  for _ in 0..<40 {
    _ = live.submit(Request(arrival: 10, promptTokens: 2000, outputTokens: 200))
  }
  for more in 0...1 {
    var fork = live.fork()
    if more > 0 { _ = fork.addReplica(startUp: 2, at: 10) }
    let end = fork.advance(to: 600).last?.time
    print("\(more) replicas more: all have ended after \(milliseconds(end))")
  }
} catch {
  print(error)
}

func milliseconds(_ seconds: Double?) -> String {
  seconds.map { "\(Int(($0 * 1000).rounded())) ms" } ?? "none"
}
