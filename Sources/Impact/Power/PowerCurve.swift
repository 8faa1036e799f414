#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One of OpenDC's power models: a curve of utilisation between the draw when idle and the most.
/// Kept for comparison with it and for ensembles; none is as close to measured draws as the fitted
/// model.
///
/// An accelerator's utilisation is the larger one of its arithmetic and its memory traffic as shares
/// of their peaks while steps run, and 0 while none does.
package struct PowerCurve: Hashable, Sendable {
  package enum Shape: Hashable, Sendable {
    case constant, squareRoot, linear, square, cubic
    /// `2u - u^r` (Fan et al., ISCA 2007); with r = 1 a straight line.
    case mse(r: Double)
    /// `(1 + u - exp(-u / a)) / 2`, of `u^3` with dynamic voltage and frequency scaling. a is above 0.
    case asymptotic(a: Double, dvfs: Bool)
  }

  package var shape: Shape
  /// In shares of the thermal design power.
  package var idle: Double
  package var max: Double

  package init(_ shape: Shape, idle: Double = PowerModels.idle, max: Double = 1) {
    if case .asymptotic(let a, _) = shape {
      precondition(a > 0, "an asymptotic curve with a = 0 has no value at rest")
    }
    self.shape = shape
    self.idle = idle
    self.max = max
  }

  package var name: String {
    switch shape {
    case .constant: "constant"
    case .squareRoot: "sqrt"
    case .linear: "linear"
    case .square: "square"
    case .cubic: "cubic"
    case .mse(let r): "mse(r=\(r))"
    case .asymptotic(let a, let dvfs): "asymptotic(a=\(a)\(dvfs ? ", dvfs" : ""))"
    }
  }

  /// The draw at `utilisation`, which is held within 0...1.
  package func share(utilisation: Double) -> Double {
    let u = min(Swift.max(utilisation, 0), 1)
    return idle + (max - idle) * rise(u)
  }

  private func rise(_ u: Double) -> Double {
    switch shape {
    case .constant: 1
    case .squareRoot: u.squareRoot()
    case .linear: u
    case .square: u * u
    case .cubic: u * u * u
    case .mse(let r): 2 * u - pow(u, r)
    case .asymptotic(let a, let dvfs): Self.asymptote(dvfs ? u * u * u : u, a)
    }
  }

  private static func asymptote(_ u: Double, _ a: Double) -> Double { (1 + u - exp(-u / a)) / 2 }
}

/// How an accelerator's draw follows from what it does.
package enum PowerLaw: Hashable, Sendable {
  /// Fitted to measured draws.
  case fitted(PowerModel)
  case curve(PowerCurve)

  /// `fitted`, `linear` ...
  package var name: String {
    switch self {
    case .fitted: "fitted"
    case .curve(let curve): curve.name
    }
  }

  package var provenance: String {
    switch self {
    case .fitted(let model): model.provenance
    case .curve: "OpenDC's curve, from \(PowerModels.idle) to 1 of the thermal design power"
    }
  }

  /// While no step runs, as a share of the thermal design power.
  package var idle: Double {
    switch self {
    case .fitted(let model): model.idle
    case .curve(let curve): curve.share(utilisation: 0)
    }
  }

  /// At full load, as a share of the thermal design power.
  package var most: Double {
    switch self {
    case .fitted(let model): model.cap
    case .curve(let curve): curve.share(utilisation: 1)
    }
  }

  /// While steps run that use these shares of the peaks.
  package func share(compute: Double, memory: Double) -> Double {
    switch self {
    case .fitted(let model): model.share(compute: compute, memory: memory)
    case .curve(let curve): curve.share(utilisation: max(compute, memory))
    }
  }
}
