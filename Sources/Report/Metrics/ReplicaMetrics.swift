import ServingModel
package import ServingSim
import SimKernel

/// What one engine did while it was part of the fleet: a replica, or a data parallel rank of one.
package struct ReplicaMetrics: Hashable, Sendable {
  package var number: EngineNumber
  package var group: String
  /// Requests that the router sent to it.
  package var requests: Int
  /// Share of its time in which a step ran; its time is what of the makespan it was part of the fleet.
  package var busyShare: Double?
  /// Over time.
  package var meanRunning: Double?
  package var meanWaiting: Double?
  /// Share of its usable KV blocks that requests held, over time and at most.
  package var meanCacheUse: Double?
  package var peakCacheUse: Double?
  package var prefixHitRatio: Double?
  package var preemptions: Int
  /// Share of its time in which it was off; nil: it is never switched off.
  package var offShare: Double?
  /// How often it came back.
  package var wakes: Int
  /// Share of the makespan in which it was part of the fleet; nil: the fleet did not change.
  package var presentShare: Double?
  /// In seconds from the run's start; nil: it was there from the start, or at the end.
  package var joined: Double?
  package var gone: Double?
  /// Arithmetic and memory traffic of its time as shares of the accelerators' datasheet peaks.
  package var modelFLOPsUtilization: Double?
  package var modelBandwidthUtilization: Double?

  /// What names it among others: `0 fleet`, `0 dp3 fleet`.
  package var title: String { "\(number.text) \(group)" }

  /// `end` is the makespan in picoseconds; `isFleetChanging`: some replica joined or left.
  init(
    _ number: EngineNumber, _ replica: FinishedReplica, recording: ReplicaRecording, requests: Int,
    end: Instant?, isFleetChanging: Bool
  ) {
    let presence = end.map { recording.presence(from: 0, to: $0) }
    let load = LoadFigures(
      recording.windows, time: presence.map { Double($0) },
      absence: Double((end ?? 0) - (presence ?? 0)), usableBlocks: recording.usableBlocks,
      meter: replica.meter)
    if isFleetChanging, let end, let presence {
      presentShare = ratio(Double(presence), Double(end))
    }
    joined = recording.joined > .start ? recording.joined.seconds : nil
    gone = recording.gone.isNever ? nil : recording.gone.seconds
    self.number = number
    group = replica.group
    self.requests = requests
    busyShare = load.busyShare
    meanRunning = load.running
    meanWaiting = load.waiting
    meanCacheUse = load.cacheUse
    peakCacheUse = ratio(Double(recording.peakUsedBlocks), Double(recording.usableBlocks))
    prefixHitRatio = ratio(Double(recording.cachedTokens), Double(recording.lookedUpTokens))
    preemptions = recording.preemptions
    offShare = replica.powersDown ? load.offShare : nil
    wakes = recording.wakes
    modelFLOPsUtilization = load.modelFLOPsUtilization
    modelBandwidthUtilization = load.modelBandwidthUtilization
  }
}

/// Figures of a replica over a stretch of time: one window of it or the whole run.
struct LoadFigures {
  var busyShare: Double?
  /// Means over time.
  var running: Double?
  var waiting: Double?
  var cacheUse: Double?
  /// Share of the time in which it was there and off.
  var offShare: Double?
  var promptTokensPerSecond: Double?
  var outputTokensPerSecond: Double?
  var modelFLOPsUtilization: Double?
  var modelBandwidthUtilization: Double?

  /// `time` is how long the replica was part of the fleet in `windows` together, in picoseconds; nil
  /// when none has passed. `absence` is how long it was not.
  init(
    _ windows: some Sequence<WindowTotals>, time: Double?, absence: Double, usableBlocks: Int,
    meter: WorkMeter?
  ) {
    var sum = WindowTotals()
    for window in windows { sum.add(window) }
    var steps = sum.prefillSteps
    steps.add(sum.decodeSteps)
    busyShare = ratio(steps.busy, time)
    running = ratio(sum.runningTime, time)
    waiting = ratio(sum.waitingTime, time)
    cacheUse = ratio(sum.usedBlockTime, time.map { $0 * Double(usableBlocks) })
    offShare = ratio(max(0, sum.offTime - absence), time)
    let seconds = time.map { $0 / 1e12 }
    promptTokensPerSecond = ratio(steps.prefillTokens, seconds)
    outputTokensPerSecond = ratio(sum.outputTokens, seconds)
    guard let meter, let seconds else { return }
    modelFLOPsUtilization = ratio(meter.flops(of: steps).count, seconds * meter.peakCompute.rate)
    modelBandwidthUtilization = ratio(
      meter.bytes(of: steps).count, seconds * meter.peakBandwidth.rate)
  }
}
