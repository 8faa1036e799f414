import ServingSim

extension Benchmark {
  /// Routers that look at no more than a few replicas, on fleets small and large with one load a replica:
  /// a request must cost the same, but for what the fleet around the router costs.
  static let routing = [
    RouterPolicy.leastOutstanding, .roundRobin, .weightedRoundRobin, .powerOfTwo,
    .consistentHashing,
  ].flatMap { router in
    [8, 4096].map { replicas in
      Benchmark(name: "routing-\(router.rawValue)-\(replicas)", requests: 400_000) { requests in
        var plan = Plan.bench(
          .poisson(requests, rate: 10 * Double(replicas)),
          [ReplicaPlan](repeating: .bench(), count: replicas))
        plan.router = router
        for i in plan.replicas.indices { plan.replicas[i].weight = 1 + i % 3 }
        return plan
      }
    }
  }
}
