package import ServingModel
import SimKernel
package import TraceArchive

/// What the micro-benchmarks of a recorded engine tell of its servers.
package struct EngineCalibration: Sendable {
  /// One a model, in the order of the runs. Servers of one model differ in settings, which do not
  /// change what a step costs, so they share their micro-benchmarks.
  package private(set) var models: [ModelFit] = []
  /// Servers without recorded steps, or whose model no micro-benchmark ran.
  package private(set) var unmeasured: [String] = []

  package struct ModelFit: Sendable {
    package var servers: [String]
    package var steps: StepFit
    /// Milliseconds between the steps of a busy engine; nil: not recorded.
    package var host: Double?
    package var latency: ClientLatency
    /// Its micro-benchmarks with their steps' errors.
    package var runs: [StepErrors]
  }

  /// Of runs with their steps; where only a client recorded, with those that it could see.
  package init(_ runs: [ServedRun]) {
    let runs = runs.map(\.withClientSteps)
    let recorded = Set(runs.filter { !$0.steps.isEmpty }.map(\.server))
    unmeasured = Self.distinct(runs.map(\.server).filter { !recorded.contains($0) })
    let known = runs.filter { recorded.contains($0.server) }
    for key in Self.distinct(known.map(\.modelKey)) {
      let group = known.filter { $0.modelKey == key }
      let servers = Self.distinct(group.map(\.server))
      let benchmarks = group.filter { $0.isMicroBenchmark && !$0.steps.isEmpty }
      if benchmarks.isEmpty {
        unmeasured += servers
      } else {
        models.append(ModelFit(servers, benchmarks))
      }
    }
  }

  private static func distinct(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// What a simulation needs of it.
  package func calibration(source: String) -> LinearCalibration {
    LinearCalibration(
      source: source,
      servers: models.flatMap { model in
        model.servers.map { name in
          CalibratedServer(
            name: name, stepTime: model.coefficients,
            frontendLatency: SimDuration(seconds: model.latency.frontend ?? 0),
            thinkTime: SimDuration(seconds: model.latency.think ?? 0))
        }
      })
  }
}

extension EngineCalibration.ModelFit {
  fileprivate init(_ servers: [String], _ benchmarks: [ServedRun]) {
    let fit = StepFit(benchmarks.map(\.steps))
    self.init(
      servers: servers, steps: fit, host: Self.host(benchmarks),
      latency: ClientLatency(benchmarks),
      runs: benchmarks.map { StepErrors($0, fit) })
  }

  /// The median gap before a step with decoding sequences: those were there in the step before it,
  /// so the engine was not waiting for anybody.
  private static func host(_ runs: [ServedRun]) -> Double? {
    runs.flatMap(\.steps).filter { $0.decodeSequences > 0 }.compactMap(\.gap).median
  }

  var coefficients: LinearStepTime.Coefficients {
    func value(_ term: StepTerm) -> SimDuration {
      SimDuration(seconds: steps[term] / 1e3)
    }
    var c = LinearStepTime.Coefficients()
    c.base = value(.base)
    c.host = SimDuration(seconds: (host ?? 0) / 1e3)
    c.perDecodeSequence = value(.perDecodeSequence)
    c.perDecodeContext = value(.perDecodeContext)
    c.perPrefillToken = value(.perPrefillToken)
    c.perPrefillSequence = value(.perPrefillSequence)
    c.perPrefillPair = value(.perPrefillPair)
    return c
  }
}

/// How far a fit is off the steps of one run, as shares of the measured times.
package struct StepErrors: Sendable {
  package var run: String
  package var steps: Int
  package var medianError: Double
  /// All predicted times over all measured ones, less one.
  package var bias: Double

  init(_ run: ServedRun, _ fit: StepFit) {
    self.run = run.name
    steps = run.steps.count
    let predicted = run.steps.map(fit.duration)
    medianError = zip(predicted, run.steps).map { abs($0 / $1.busy - 1) }.median ?? 0
    bias = predicted.reduce(0, +) / run.steps.reduce(0) { $0 + $1.busy } - 1
  }
}

extension ServedRun {
  /// A server whose model is not stated shares with no other.
  fileprivate var modelKey: String { model.map { "model \($0)" } ?? "server \(server)" }
}
