/// What communication between the accelerators of a replica takes.
///
/// Ranks stand side by side: those of a tensor-parallel group first, then the pipeline's stages, then
/// data-parallel ranks. A group that one link domain or server holds talks over its slowest link.
/// A wider one is dealt out to several: it reduces within each, then between them over the network,
/// where every accelerator carries its share, and hands the result out within each.
struct RooflineLinks {
  private let accelerator: Accelerator
  private let coefficients: RooflineCoefficients

  init(_ accelerator: Accelerator, _ coefficients: RooflineCoefficients) {
    self.accelerator = accelerator
    self.coefficients = coefficients
  }

  /// Seconds to sum `bytes` over a group of `size`: on a ring, 2 (n - 1) / n of them over each link.
  func allReduce(_ bytes: Double, group size: Int) -> Double {
    let parts = domains(size)
    let inside = share(size, parts)
    return coefficients[.allReduceLatency] + crossings(parts) * coefficients[.networkLatency]
      + ring(bytes, inside) / link(inside) + ring(bytes / Double(inside), parts) / network
  }

  /// Seconds until each of a group of `size` has sent its `bytes` to the others, near and far at the
  /// same time.
  func allToAll(_ bytes: Double, group size: Int) -> Double {
    let parts = domains(size)
    let inside = share(size, parts)
    let far = bytes * (1 - 1 / Double(parts))
    return coefficients[.allToAllLatency] + crossings(parts) * coefficients[.networkLatency]
      + max((bytes - far) / link(inside), far / network)
  }

  /// Seconds until one of a group of `size` has what each of the others holds in `bytes`.
  func gather(_ bytes: Double, group size: Int) -> Double {
    let parts = domains(size)
    let far = bytes * Double(size - share(size, parts))
    return coefficients[.allReduceLatency] + crossings(parts) * coefficients[.networkLatency]
      + (bytes * Double(size - 1) - far) / link(share(size, parts)) + far / network
  }

  /// Seconds for `bytes` to go once through all stages of `tensor` accelerators, and back to the first.
  func stageHops(_ bytes: Double, stages: Int, tensor: Int) -> Double {
    let servers = (0..<stages).map { $0 * tensor / accelerator.reach }
    let far = zip(servers, servers.dropFirst() + [0]).count { $0 != $1 }
    return Double(stages - far)
      * (coefficients[.stageLatency] + bytes / link(min(stages * tensor, accelerator.reach)))
      + Double(far) * (coefficients[.networkLatency] + bytes / network)
  }

  /// Link domains or servers that a group of `size` is dealt out to.
  private func domains(_ size: Int) -> Int { share(size, accelerator.reach) }

  /// Exchanges between so many: each doubles how many know of each other.
  private func crossings(_ parts: Int) -> Double {
    Double(Int.bitWidth - (parts - 1).leadingZeroBitCount)
  }

  private func ring(_ bytes: Double, _ size: Int) -> Double {
    let n = Double(size)
    return bytes * 2 * (n - 1) / n
  }

  /// Bytes a second between neighbours of a group in one domain: the scale-up link as far as it
  /// reaches, then the host's.
  private func link(_ size: Int) -> Double {
    let scaleUp = accelerator.scaleUp.flatMap { size <= $0.domain ? $0.bandwidth : nil }
    return (scaleUp ?? accelerator.hostLink).rate * coefficients[.linkBandwidth]
  }

  private var network: Double {
    accelerator.network.bandwidth.rate * coefficients[.networkBandwidth]
  }
}
