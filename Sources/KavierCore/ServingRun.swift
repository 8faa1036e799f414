import Impact
import Report
import Scenarios
import ServingSim
import SimKernel

/// What came of a run.
public struct ServingRun: Sendable {
  private let finished: FinishedRun
  private let metrics: Metrics
  private let bill: Bill?

  init(_ recording: Recording, of loaded: LoadedScenario) {
    finished = FinishedRun(plan: loaded.plan, recording: recording)
    // A signal that does not reach to the run's end leaves it without a bill, as it does the command.
    let plan = loaded.impact.flatMap { [finished] in $0.gaps(in: finished).isEmpty ? $0 : nil }
    bill = plan.map { [finished] in Bill(finished, plan: $0) }
    metrics = Metrics(finished, bill: bill)
  }

  /// How one request fared, in the order of the workload. Times are seconds from the run's start; nil:
  /// it did not come to that.
  public struct RequestOutcome: Hashable, Sendable {
    /// What came of it.
    public enum Status: Hashable, Sendable {
      /// Its client has the whole answer.
      case finished
      /// Its prompt leaves no room within `max_model_len`, or the gate refused it.
      case refused
      /// Its client gave up.
      case aborted
      /// Its replica was lost.
      case failed
      /// The run ended before it did.
      case open
    }

    /// What came of it.
    public var status: Status
    /// When it reached the fleet.
    public var arrival: Double?
    /// When its client saw the first token.
    public var firstToken: Double?
    /// When it ended, whatever its status.
    public var finish: Double?
    /// Tokens of its answer.
    public var outputTokens: Int
    /// Prompt tokens found in the prefix cache.
    public var cachedTokens: Int
    /// nil: none got it.
    public var replica: Int?
  }

  /// One entry a request, in the order of the workload.
  public var requests: [RequestOutcome] { finished.recording.outcomes.map { RequestOutcome($0) } }

  /// A latency over all finished requests, in seconds.
  public struct Latency: Hashable, Sendable {
    /// The arithmetic mean.
    public var mean: Double
    /// The median.
    public var p50: Double
    /// The 90th percentile.
    public var p90: Double
    /// The 95th percentile.
    public var p95: Double
    /// The 99th percentile.
    public var p99: Double
    /// The longest.
    public var max: Double
  }

  /// From arrival to the first token; nil: no request finished.
  public var timeToFirstToken: Latency? { metrics.latency.timeToFirstToken.map { Latency($0) } }
  /// The mean gap between a request's tokens; nil: none has two.
  public var timePerOutputToken: Latency? {
    metrics.latency.timePerOutputToken.map { Latency($0) }
  }
  /// From arrival to the last token.
  public var endToEnd: Latency? { metrics.latency.endToEnd.map { Latency($0) } }

  /// Over the whole run; nil: no request ended.
  public var outputTokensPerSecond: Double? { metrics.throughput.outputTokensPerSecond }
  /// Finished requests a second that met every objective; nil: none is stated.
  public var goodput: Double? { metrics.throughput.goodputRequestsPerSecond }

  /// Energy of the servers in joules; nil: not known, or the scenario has no `impact`.
  public var energy: Double? {
    bill.flatMap { $0.known.contains(.acceleratorEnergy) ? $0.total.serverEnergy : nil }
  }

  /// As `kavier simulate` prints it.
  public var text: String {
    TextReport.render(metrics) + (bill.map { "\n" + BillText.render($0) } ?? "")
  }
  /// As report.json has it.
  public var json: String { JSONReport.render(metrics, bill: bill) }
  /// Equal for two runs in which every request fared the same, to the picosecond.
  public var outcomeHash: String { metrics.outcomeHashText }
}

extension ServingRun.RequestOutcome {
  init(_ outcome: Outcome) {
    func seconds(_ time: SimTime) -> Double? { time.isNever ? nil : time.seconds }
    status =
      switch outcome.status {
      case .finished: .finished
      case .rejectedPromptTooLong, .rejectedByAdmission: .refused
      case .aborted: .aborted
      case .failed: .failed
      case .notArrived, .underWay: .open
      }
    arrival = seconds(outcome.arrival)
    firstToken = seconds(outcome.firstToken)
    finish = seconds(outcome.finish)
    outputTokens = Int(outcome.outputTokens)
    cachedTokens = Int(outcome.cachedTokens)
    replica = outcome.replica < 0 ? nil : Int(outcome.replica)
  }
}

extension ServingRun.Latency {
  init(_ distribution: Distribution) {
    mean = distribution.mean
    p50 = distribution.p50
    p90 = distribution.p90
    p95 = distribution.p95
    p99 = distribution.p99
    max = distribution.max
  }
}
