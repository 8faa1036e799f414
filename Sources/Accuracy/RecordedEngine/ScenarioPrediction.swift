import ServingModel
package import ServingSim
import SimKernel
package import TraceArchive

/// A run that was measured against the server that a scenario describes.
package enum ScenarioPrediction {
  /// What is compared of requests that are known one by one.
  private static let metrics = [
    "ttft_mean", "ttft_p50", "ttft_p99", "tpot_mean", "tpot_p50", "tpot_p99", "itl_p50",
    "e2e_mean", "e2e_p50", "e2e_p99", "output_tput_total",
  ]

  /// One a figure. The requests of the run take the place of the plan's; where it was a closed loop,
  /// as many clients send them. Figures that the load generator states in its `summary` go before
  /// those that are taken of the requests.
  package static func predictions(
    of run: ServedRun, summary: LoadResult? = nil, on plan: Plan
  ) -> [Prediction] {
    var plan = plan
    plan.workload = workload(of: run)
    let served = ServedFigures(run)
    var figures = summary?.figures ?? []
    for name in metrics where !figures.contains(where: { $0.metric == name }) {
      guard let metric = try? Metric(named: name), let value = served.value(of: metric) else {
        continue
      }
      figures.append(LoadResult.Figure(metric: name, value: value))
    }
    figures = figures.enumerated().sorted {
      (MetricOrder($0.element.metric), $0.offset) < (MetricOrder($1.element.metric), $1.offset)
    }.map(\.element)
    var notes = summary?.assumptions ?? []
    notes += leftOut(run.failed)
    let keys = keys(
      model: run.model ?? summary?.model, engine: run.server,
      load: run.concurrency.map { .clients($0) })
    return predictions(of: figures, named: run.name, keys: keys, notes: notes, on: [plan])
  }

  /// The same of a run whose requests are not known one by one: `plans` have its load, each drawn
  /// anew, and what is predicted is the mean over them.
  package static func predictions(of result: LoadResult, on plans: [Plan]) -> [Prediction] {
    var plans = plans
    for index in plans.indices { result.fit(&plans[index].workload) }
    var notes = result.assumptions
    notes += leftOut(result.failed)
    notes.append("assumed: " + result.workloadAssumptions.joined(separator: ", "))
    var keys = keys(model: result.model, engine: result.tool.rawValue, load: result.load)
    keys["isl_mean"] = result.promptTokens.map { "\($0.mean)" }
    keys["osl_mean"] = result.outputTokens.map { "\($0.mean)" }
    return predictions(
      of: result.figures, named: result.name, keys: keys, notes: notes, on: plans)
  }

  private static func leftOut(_ failed: Int) -> [String] {
    guard failed > 0 else { return [] }
    return ["\(failed) request\(failed == 1 ? "" : "s") without a whole answer left out"]
  }

  private static func predictions(
    of measured: [LoadResult.Figure], named name: String, keys: [String: String],
    notes: [String], on plans: [Plan]
  ) -> [Prediction] {
    let recordings = plans.map { Simulation.run($0) }
    let figures = recordings.map {
      RunFigures($0, shares: 1, streamSteps: 0, wait: 0, tokensPerStep: 1)
    }
    var notes = notes
    let unfinished = recordings.reduce(0) { sum, recording in
      sum + recording.outcomes.count { $0.status != .finished }
    }
    if unfinished > 0 {
      notes.append(
        "\(unfinished / plans.count) requests do not finish on the scenario's fleet, and count in "
          + "no prediction")
    }
    let reason = notes.joined(separator: "; ")
    return measured.map { figure in
      let row = MeasuredRow(
        caseID: name, caseIndex: nil, metric: figure.metric, value: figure.value, keys: keys)
      let metric = try? Metric(named: figure.metric)
      let values = figures.compactMap { figures in metric.flatMap { figures.value(of: $0) } }
      let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      return Prediction(
        row: row, predicted: mean, reason: reason,
        expected: plans.first.flatMap { expectedError(of: figure.metric, on: $0) })
    }
  }

  /// The largest of those of the plan's replicas; nil where nothing is known for one of them.
  private static func expectedError(of metric: String, on plan: Plan) -> ExpectedError? {
    let standings = Set(plan.replicas.map(\.calibration))
    let errors = standings.map { ExpectedError.of(metric: metric, among: $0?.errors ?? []) }
    guard !errors.contains(nil) else { return nil }
    return errors.compactMap(\.self).max { $0.ninetieth < $1.ninetieth }
  }

  private static func workload(of run: ServedRun) -> Workload {
    let sent = run.requests.map(\.request).sorted {
      (run.isTimed ? $0.arrival : 0, $0.number) < (run.isTimed ? $1.arrival : 0, $1.number)
    }
    let start = sent.map(\.arrival).min() ?? 0
    var workload = Workload(
      arrivals: sent.map {
        run.concurrency == nil ? SimTime(picoseconds: Instant($0.arrival - start) * 1000) : .never
      },
      promptTokens: sent.map(\.promptTokens),
      outputTokens: sent.map { max(1, $0.completionTokens) }, content: nil,
      description: "measured run \(run.name)")
    workload.closedLoop = run.concurrency.map { ClosedLoop(concurrency: $0) }
    workload.limitAnswersToTheirLengths()
    return workload
  }

  private static func keys(
    model: String?, engine: String, load: OfferedLoad?
  ) -> [String: String] {
    var keys = ["family": "result", "model": model ?? "", "engine": engine, "load": "recorded"]
    switch load {
    case .clients(let clients):
      keys["load"] = "concurrency"
      keys["concurrency"] = "\(clients)"
    case .rate(let rate, _):
      keys["load"] = "rate"
      keys["rate_rps"] = "\(rate)"
    case .atOnce: keys["load"] = "inf"
    case nil: break
    }
    return keys
  }
}
