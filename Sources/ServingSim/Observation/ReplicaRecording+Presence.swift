package import SimKernel

/// When a replica was part of the fleet. Its accelerators are held, powered and paid for from when it
/// joined to when it was gone, whether it was up or not.
extension ReplicaRecording {
  /// Picoseconds between `start` and `end` in which it was there.
  package func presence(from start: Instant, to end: Instant) -> Instant {
    max(0, min(end, gone.picoseconds) - max(start, joined.picoseconds))
  }

  /// Whether it was there from the run's start to `end`, its end.
  package func isThereThroughout(until end: SimTime) -> Bool {
    joined <= .start && gone >= end
  }

  /// Picoseconds in which it was there and switched off, in a run that ended at `end`.
  package func timeOff(until end: SimTime) -> Double {
    let absence = end.picoseconds - presence(from: 0, to: end.picoseconds)
    return max(0, windows.reduce(0) { $0 + $1.offTime } - Double(absence))
  }
}

extension Recording {
  /// Picoseconds in which a replica was there, one a window of `windowLengths`.
  package func presence(of replica: Int) -> [Int64] {
    let length = Instant(replicas.first?.windowLength.picoseconds ?? 0)
    return windowLengths.enumerated().map { window, reached in
      let start = Instant(window) * length
      return Int64(replicas[replica].presence(from: start, to: start + Instant(reached)))
    }
  }

  /// Whether any replica joined or left while the run went on.
  package var isFleetChanging: Bool {
    replicas.contains { !$0.isThereThroughout(until: end) }
  }
}
