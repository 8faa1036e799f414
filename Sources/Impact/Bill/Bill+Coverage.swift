package import ServingSim
import SimKernel

extension ImpactPlan {
  /// What of `run` the plan cannot bill: signals that end before it does. Nothing is carried beyond
  /// what a file covers.
  package func gaps(in run: FinishedRun) -> [String] {
    let end = Int64((run.recording.end.seconds * 1000).rounded(.up))
    let ofRegions = regions.sorted { $0.key < $1.key }.flatMap { name, region in
      [
        ("the grid of impact.regions for \(name)", region.grid),
        ("the tariff of impact.regions for \(name)", region.tariff),
      ]
    }
    let signals = [("impact.grid", grid), ("impact.tariff", tariff)] + ofRegions
    return signals.compactMap { name, signal in
      guard let signal, !signal.value.covers(from: 0, to: end) else { return nil }
      let first = Double(signal.value.starts[0]) / 1000
      let last = Double(signal.value.end) / 1000
      return """
        \(name): \(signal.source) covers \(first) s to \(last) s of the run, which goes from 0 s to \
        \(Double(end) / 1000) s; move impact.start or take a longer file
        """
    }
  }
}
