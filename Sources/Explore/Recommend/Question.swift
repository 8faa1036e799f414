package import Scenarios

/// What is asked: which of several plans meets the objectives of a scenario, with how many replicas,
/// and which of those is cheapest, greenest and fastest.
package struct Question: Sendable {
  /// Requests, objectives, prices, and whatever of the fleet all plans have in common.
  package var template: ScenarioTemplate
  /// What plans differ in, beside the number of replicas.
  package var candidates: [Candidate]
  package var seeds: [UInt64]
  package var confidence: Confidence
  /// Plans that need more are left out.
  package var mostAccelerators: Int
  /// What the best plans are tried with, too.
  package var changes = Change.usual
  /// Grids that the best plans' carbon is told for.
  package var grids: [String] = []

  /// Another load, or longer prompts.
  package struct Change: Sendable {
    package var load = 1.0
    package var prompts = 1.0

    static let usual = [
      Change(load: 1.5), Change(load: 2), Change(load: 3), Change(prompts: 2),
    ]
  }

  package init(
    _ template: ScenarioTemplate, candidates: [Candidate], seeds: [UInt64],
    confidence: Confidence, mostAccelerators: Int
  ) {
    self.template = template
    self.candidates = candidates
    self.seeds = seeds
    self.confidence = confidence
    self.mostAccelerators = mostAccelerators
  }

  /// One of the plans, without its number of replicas.
  package struct Candidate: Sendable {
    /// `h100-sxm x 4`, and what else it has that others have not.
    package var name: String
    package var accelerator: String
    package var overrides: [Override]

    package init(name: String, accelerator: String, overrides: [Override]) {
      self.name = name
      self.accelerator = accelerator
      self.overrides = overrides
    }
  }
}

/// A plan that holds, or why one does not.
package struct Recommended: Sendable {
  package enum Fate: Sendable {
    /// It cannot be run: the model does not fit, or the settings do not.
    case refused(String)
    /// It misses an objective with nobody else there, so any number of replicas would.
    case tooSlow(String)
    /// So much is not known well enough: nine of ten measurements would not meet it with nobody else there.
    case unsure(String)
    /// It needs more accelerators than are allowed.
    case tooLarge
    /// It costs or emits more than the objectives allow.
    case tooDear(String)
    /// By a short run, another plan is cheaper, greener and faster.
    case worse(than: String, PlanFigures)
    case holds(PlanFigures)
  }

  package var candidate: Question.Candidate
  package var fate: Fate
  /// The replicas that it needs with each of the question's `changes`, by short runs; nil: more than are
  /// allowed. Empty: it was not tried.
  package var changed: [Int?] = []
  /// Grams of CO2e a request in each of the question's `grids`; nil: not known.
  package var carbonOfGrids: [Double?] = []

  package var figures: PlanFigures? {
    if case .holds(let figures) = fate { figures } else { nil }
  }
}

/// What people choose a plan by.
package struct PlanFigures: Sendable {
  package var replicas: Int
  package var accelerators: Int
  /// Of the whole fleet an hour, in the bill's currency: from the least of the prices to the most. nil:
  /// no price is known.
  package var cost: ClosedRange<Double>?
  package var costPerMillionOutputTokens: ClosedRange<Double>?
  package var currency: String
  /// What `cost` and `carbon` are made of.
  var parts: Parts
  /// Grams of CO2e for a request, as far as they are known: operational and embodied.
  package var carbon: Double?
  /// Median seconds from arrival to the last token.
  package var endToEnd: Double
  package var timeToFirstToken95: Double
  package var timePerOutputToken95: Double?
  package var trial: Trial
  /// The least that is known of how its steps were measured.
  package var evidence: String

  /// Means over the seeds; nil: not known.
  struct Parts: Sendable {
    /// What the accelerators cost an hour.
    var rent: ClosedRange<Double>?
    /// What electricity costs an hour, where it is paid beside the rent.
    var electricity: Double?
    /// Kilowatt-hours of a request, as far as they are known: of facilities, or of accelerators alone.
    var energy: Double?
    /// Grams of CO2e of a request: of its electricity, and of making the machines, at most.
    var operational: Double?
    var embodied: Double?
  }

  /// What plans are ranked by: the middle of the range of prices, or the accelerators where there is
  /// no price.
  package var price: Double {
    cost.map { ($0.lowerBound + $0.upperBound) / 2 } ?? Double(accelerators)
  }

  /// Whether this plan is better in cost, carbon and latency, each by `margin` at least; 0: at least as
  /// good in all, and better in one.
  func beats(_ other: PlanFigures, by margin: Double = 0) -> Bool {
    let pairs = [
      (price, other.price), (carbon ?? 0, other.carbon ?? 0), (endToEnd, other.endToEnd),
    ]
    return pairs.allSatisfy { $0.0 <= $0.1 * (1 - margin) } && pairs.contains { $0.0 < $0.1 }
  }
}
