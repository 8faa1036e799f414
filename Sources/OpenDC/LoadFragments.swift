package import Impact
package import ServingSim
import SimKernel

/// What one accelerator of a replica does, as stretches of whole milliseconds in each of which it
/// draws the same: of each window its prefilling steps, its decoding steps, and the rest.
struct LoadFragments {
  struct Fragment: Hashable {
    var milliseconds: Int64
    /// How far the draw is from idle (0) to the most (1); of steps never 0.
    var load: Double
  }

  private(set) var fragments: [Fragment] = []
  /// Exact times until now, from which rounded ones are differences, so that nothing adds up.
  private var busy = SimDuration.zero
  private var elapsed = SimDuration.zero
  /// Milliseconds that rounding gave to steps and that idle time has to give back.
  private var debt: Int64 = 0
  private let power: LinearPower

  init(_ replica: ReplicaRecording, power: LinearPower, until end: SimTime) {
    self.power = power
    var left = end - SimTime.start
    for window in replica.windows {
      let length = min(replica.windowLength, left)
      left = left - length
      append(window, length: length)
    }
    appendIdle(until: elapsed + left, busyMilliseconds: 0)
  }

  private mutating func append(_ window: WindowTotals, length: SimDuration) {
    var milliseconds: Int64 = 0
    for steps in [window.prefillSteps, window.decodeSteps] {
      let effort = StepEffort(steps, by: power.replica.meter)
      let before = Self.milliseconds(busy)
      busy += effort.busy
      let taken = Self.milliseconds(busy) - before
      milliseconds += taken
      append(Fragment(milliseconds: taken, load: power.load(power.replica.busy(effort))))
    }
    appendIdle(until: elapsed + length, busyMilliseconds: milliseconds)
  }

  private mutating func appendIdle(until: SimDuration, busyMilliseconds: Int64) {
    let whole = Self.milliseconds(until) - Self.milliseconds(elapsed)
    elapsed = until
    let idle = whole - busyMilliseconds - debt
    debt = max(0, -idle)
    append(Fragment(milliseconds: max(0, idle), load: 0))
  }

  private mutating func append(_ fragment: Fragment) {
    guard fragment.milliseconds > 0 else { return }
    if let last = fragments.last, last.load == fragment.load {
      fragments[fragments.count - 1].milliseconds += fragment.milliseconds
    } else {
      fragments.append(fragment)
    }
  }

  private static func milliseconds(_ time: SimDuration) -> Int64 {
    (time.picoseconds + 500_000_000) / 1_000_000_000
  }
}

/// The linear power model of one accelerator under which OpenDC gets our energy: the load of a
/// stretch is that at which this model draws what ours does.
package struct LinearPower: Sendable {
  package var replica: ReplicaPower

  package init(_ replica: ReplicaPower) { self.replica = replica }

  /// Of one accelerator.
  package var idle: Watts { Watts(replica.idle.value / Double(replica.accelerators)) }

  package var most: Watts {
    let share =
      switch replica.law {
      case .fitted(let model): model.cap
      case .curve(let curve): curve.share(utilisation: 1)
      }
    return Watts(share * replica.thermalDesignPower.value)
  }

  /// What all accelerators of the replica take by our own model. A window can have steps that began
  /// before it, and so more busy time than it is long: idle time is what is left of the run.
  func energy(of recording: ReplicaRecording, until end: SimTime) -> Joules {
    var energy = Joules.zero
    var idle = end - SimTime.start
    for window in recording.windows {
      for steps in [window.prefillSteps, window.decodeSteps] {
        let effort = StepEffort(steps, by: replica.meter)
        energy += replica.busy(effort) * effort.busy
        idle = idle - effort.busy
      }
    }
    return energy + replica.idle * max(.zero, idle)
  }

  /// The load at which all accelerators of the replica together draw `watts`.
  func load(_ watts: Watts) -> Double {
    let range = most.value - idle.value
    guard range > 0 else { return 1 }
    return min(1, max(1e-9, (watts.value / Double(replica.accelerators) - idle.value) / range))
  }
}
