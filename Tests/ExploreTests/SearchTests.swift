import Report
import Scenarios
import ServingSim
import ServingTestSupport
import Testing

@testable import Explore

/// Capacity and recommendation against trying everything.
@Suite(.timeLimit(.minutes(30))) struct SearchTests {
  private static let text = """
    workload:
      synthetic:
        requests: 400
        arrivals: {rate: 12 /s}
        prompt_tokens: 800
        output_tokens: 60
    fleet: {model: llama-3.1-8b, accelerator: l40s}
    router: least_outstanding
    slo: {ttft: {p95: 600 ms}, tpot: {p95: 45 ms}}
    impact: {grid: DEU, price: catalogue, pue: 1.2}

    """

  private func template(_ overrides: [(String, String)] = []) throws -> ScenarioTemplate {
    try ScenarioTemplate(text: Self.text, name: "s").setting(
      overrides.map { Override(setting: $0.0, to: $0.1) })
  }

  @Test func `the fewest replicas are those that trying all finds`() throws {
    let runner = TrialRunner(try template(), seeds: [1, 2], workers: 2)
    let capacity = CapacitySearch(runner, try runner.template.statedReplicas())
      .run([.expected])
    let found = try #require(capacity.expected)
    #expect(found > 1)
    for replicas in 1...Int(found) + 2 {
      let trial = runner.trial(
        [Override(setting: "fleet.replicas", to: "\(replicas)")], .expected)
      #expect(trial.holds(.expected) == (Double(replicas) >= found), "\(replicas)")
    }
  }

  @Test func `the highest rate holds, and the next one does not`() throws {
    let runner = TrialRunner(try template([("fleet.replicas", "4")]), seeds: [1], workers: 2)
    let size = try runner.template.statedLoad()
    let capacity = CapacitySearch(runner, size).run()
    let found = try #require(capacity.expected)
    func holds(_ rate: Double) -> Bool {
      runner.trial(
        [Override(setting: "workload.synthetic.arrivals.rate", to: "\(rate) /s")], .expected
      ).holds(.expected)
    }
    #expect(holds(found))
    let above = try #require(capacity.tried.map(\.value).filter { $0 > found }.min())
    #expect(above < found * 1.03)
    #expect(!holds(above))
    #expect(capacity.sure ?? 0 <= found)
  }

  @Test(arguments: [4.0, 12, 60, 400])
  func `a run that is ended as lost would have missed`(rate: Double) throws {
    let template = try template([
      ("workload.synthetic.arrivals.rate", "\(rate) /s"), ("workload.synthetic.requests", "4000"),
    ])
    let loaded = try template.load(seed: 1)
    let early = ScenarioRun(loaded, judgesErrors: false, endsWhenLost: true) { false }
    guard
      case .finished(_, let figures, _) = ScenarioRun(
        loaded, judgesErrors: false, isStopped: { false })
    else {
      Issue.record("not finished")
      return
    }
    let isMet = figures.metrics.verdicts.allSatisfy(\.isMetAsPredicted)
    if case .lost = early { #expect(!isMet) }
    if isMet, case .finished(_, let same, _) = early {
      #expect(same.metrics.outcomeHash == figures.metrics.outcomeHash)
    }
    if rate == 400 {
      guard case .lost = early else {
        Issue.record("a hopeless run goes on to its end")
        return
      }
    }
  }

  @Test(arguments: [(6.0, "600 ms", "45 ms"), (25, "900 ms", "60 ms")])
  func `the cheapest plan is the one that trying all finds`(
    rate: Double, ttft: String, tpot: String
  ) throws {
    var asked = AskedFor()
    asked.accelerators = ["l40s", "h100", "a100-sxm-80"]
    asked.tensorParallel = [1, 2]
    asked.rate = "\(rate) /s"
    asked.limits = [("slo.ttft.p95", ttft), ("slo.tpot.p95", tpot)]
    let template = try template().setting(asked.overrides)
    let question = Question(
      template, candidates: asked.candidates, seeds: [1], confidence: .expected,
      mostAccelerators: 64)
    let runner = TrialRunner(template, seeds: [1], workers: 2)
    let answer = try Recommender(question, runner).answer()
    var best: (name: String, price: Double)?
    var tried = 0
    for candidate in question.candidates {
      for replicas in 1...16 {
        let trial = runner.trial(
          candidate.overrides + [Override(setting: "fleet.replicas", to: "\(replicas)")], .expected)
        tried += trial.requests
        guard trial.holds(.expected), let figures = PlanFigures(trial, replicas: replicas),
          figures.price < best?.price ?? .infinity
        else { continue }
        best = ("\(candidate.name) \(replicas)", figures.price)
      }
    }
    let found = answer.cheapest.flatMap { plan in
      plan.figures.map { "\(plan.candidate.name) \($0.replicas)" }
    }
    #expect(found == best?.name)
    // Growth is beyond the question.
    #expect(answer.requests < tried)
    #expect(answer.plans.count == question.candidates.count)
  }

  @Test func `a fleet that is a list of one is asked as its group is`() throws {
    let text = Self.text.replacing(
      "fleet: {model: llama-3.1-8b, accelerator: l40s}",
      with: "fleet: [{model: llama-3.1-8b, accelerator: l40s}]")
    let template = try ScenarioTemplate(text: text, name: "s")
    var asked = AskedFor()
    asked.fleet = template.fleetPath
    asked.accelerators = ["h100"]
    asked.tensorParallel = [1]
    let question = Question(
      try template.setting(asked.overrides), candidates: asked.candidates, seeds: [1],
      confidence: .expected, mostAccelerators: 8)
    let runner = TrialRunner(question.template, seeds: [1], workers: 2)
    let answer = try Recommender(question, runner).answer()
    #expect(answer.cheapest?.candidate.name == "h100-sxm x 1")
  }

  @Test func `plans say why they are left out`() throws {
    var asked = AskedFor()
    asked.model = "llama-3.3-70b"
    asked.accelerators = ["l4", "h100"]
    asked.tensorParallel = [1, 8]
    asked.limits = [("slo.tpot.p95", "9 ms")]
    let template = try template().setting(asked.overrides)
    let question = Question(
      template, candidates: asked.candidates, seeds: [1], confidence: .expected,
      mostAccelerators: 8)
    let answer = try Recommender(question, TrialRunner(template, seeds: [1], workers: 2)).answer()
    #expect(answer.cheapest == nil || answer.cheapest?.figures?.accelerators == 8)
    let text = RecommendationText.render(answer, question)
    #expect(text.contains("l4 x 1: llama-3.3-70b does not fit on 1 x l4"))
    #expect(text.contains("too slow with nobody else there: TPOT p95"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
  }
}
