import ServingSim

extension Benchmark {
  /// Conversations on fleets small and large, with routers that know where they were.
  static let conversations = [RouterPolicy.sessionAffinity, .prefixAffinity].flatMap { router in
    [8, 4096].map { replicas in
      Benchmark(name: "routing-\(router.rawValue)-\(replicas)", requests: 400_000) { requests in
        conversations(requests, on: replicas, router)
      }
    }
  }

  /// A large fleet with a router that knows what is cached.
  static let thousand = Benchmark(name: "thousand", requests: 10_000_000) { requests in
    conversations(requests, on: 1000, .prefixAffinity)
  }

  private static func conversations(
    _ requests: Int, on replicas: Int, _ router: RouterPolicy
  ) -> Plan {
    var plan = Plan.bench(
      .sessions(requests, rate: 2.5 * Double(replicas)),
      [ReplicaPlan](repeating: .bench(prefixCaching: true), count: replicas))
    plan.router = router
    return plan
  }

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
