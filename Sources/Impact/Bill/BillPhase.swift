import ServingSim
import SimKernel
import ServingModel

/// What an amount was spent on.
package enum BillPhase: Int, CaseIterable, Sendable {
  /// Reading prompts, and writing tokens. In a step that does both, every token bears the same.
  case prefill, decode
  /// Provisioned while no step ran.
  case idle

  package var name: String {
    switch self {
    case .prefill: "prefill"
    case .decode: "decode"
    case .idle: "idle"
    }
  }
}

/// Seconds and joules of a replica's accelerators in one window, by phase.
struct PhaseEffort {
  var seconds = SIMD3<Double>(repeating: 0)
  var joules = SIMD3<Double>(repeating: 0)
  /// Tokens prefilled and tokens written by decoding.
  var tokens = SIMD2<Double>(repeating: 0)
  /// Seconds that are paid for though nothing is there any more.
  var paidAfter = 0.0

  /// Of a window in which the replica's accelerators were held for `held` seconds, those of empty places
  /// of its node included, and in which it was not part of the fleet for `absence` picoseconds; `power`
  /// nil: no energy is known.
  init(_ window: WindowTotals, held: Double, absence: Double, power: ReplicaPower?) {
    let mixed = window.prefillSteps
    let share = mixed.prefillTokens / max(mixed.tokens, 1)
    let mixedTime = mixed.busy * 1e-12
    let decodeTime = window.decodeSteps.busy * 1e-12
    let idle = max(0, held - mixedTime - decodeTime)
    seconds = SIMD3(mixedTime * share, decodeTime + mixedTime * (1 - share), idle)
    tokens = SIMD2(mixed.prefillTokens, window.decodedTokens)
    guard let power else { return }
    let mixedJoules = power.watts(of: mixed) * mixedTime
    let decodeJoules = power.watts(of: window.decodeSteps) * decodeTime
    // Provisioned all the same, but switched off.
    let standby = max(0, idle - max(0, window.offTime - absence) * 1e-12)
    joules = SIMD3(
      mixedJoules * share, decodeJoules + mixedJoules * (1 - share), power.idle.value * standby)
  }
}

extension ReplicaPower {
  /// While `steps` run.
  fileprivate func watts(of steps: StepTotals) -> Double {
    busy(StepEffort(steps, by: meter)).value
  }
}

extension FinishedRun {
  /// The windows that every replica has, as lengths in seconds: the last one ends with the run.
  var windowLengths: [Double] {
    recording.windowLengths.map { SimDuration(picoseconds: $0).seconds }
  }
}
