package import SimKernel
package import TextAndBytes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A law that a profile's values are drawn from.
package indirect enum Law: Hashable, Sendable {
  case constant(Double)
  /// Quantiles at equal steps from the least to the greatest value.
  case quantiles([Double])
  /// A mixture of lognormal laws: the logarithm has mean `mu` and deviation `sigma`.
  case lognormals([Lognormal])
  case gamma(shape: Double, scale: Double)
  /// Whole numbers from 1.
  case geometric(mean: Double)
  /// Draws outside the bounds are set to them.
  case clipped(Law, min: Double, max: Double)

  package struct Lognormal: Hashable, Sendable {
    package var weight: Double
    package var mu: Double
    package var sigma: Double
  }

  package static func lognormal(_ mu: Double, _ sigma: Double) -> Law {
    .lognormals([Lognormal(weight: 1, mu: mu, sigma: sigma)])
  }

  /// Two lognormal laws, the first with weight `weight`.
  package static func mix(
    _ weight: Double, _ first: (Double, Double), _ second: (Double, Double)
  ) -> Law {
    .lognormals([
      Lognormal(weight: weight, mu: first.0, sigma: first.1),
      Lognormal(weight: 1 - weight, mu: second.0, sigma: second.1),
    ])
  }

  /// The quantiles of values, `steps + 1` of them.
  package static func fitted(_ values: [Double], steps: Int = 200) -> Law? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    return .quantiles((0...steps).map { Summary.quantile(sorted, Double($0) / Double(steps)) })
  }

  /// A draw, within what counts and times are reckoned with, whatever the law's numbers are.
  package func draw(_ stream: inout RandomStream) -> Double {
    let value = raw(&stream)
    return value.isNaN ? 0 : min(max(value, -Self.most), Self.most)
  }

  /// In seconds 30,000 years, in microseconds less than 64 bits hold.
  private static let most = 1e12

  private func raw(_ stream: inout RandomStream) -> Double {
    switch self {
    case .constant(let value): return value
    case .quantiles(let quantiles): return stream.empirical(quantiles: quantiles)
    case .lognormals(let parts):
      var share = stream.uniform() * parts.reduce(0) { $0 + $1.weight }
      for part in parts.dropLast() {
        guard share >= part.weight else { return Self.lognormal(part, &stream) }
        share -= part.weight
      }
      return parts.last.map { Self.lognormal($0, &stream) } ?? 0
    case .gamma(let shape, let scale): return stream.gamma(shape: shape, scale: scale)
    case .geometric(let mean): return Double(stream.geometric(mean: mean))
    case .clipped(let law, let least, let greatest):
      return min(max(law.raw(&stream), least), greatest)
    }
  }

  private static func lognormal(_ part: Lognormal, _ stream: inout RandomStream) -> Double {
    exp(part.mu + part.sigma * stream.standardNormal())
  }

  /// A draw as a count of tokens, at least `least`.
  func tokens(_ stream: inout RandomStream, least: Int64 = 1) -> Int64 {
    let value = draw(&stream).rounded()
    return value.isNaN ? least : max(least, Int64(min(max(value, 0), 100_000_000)))
  }
}

/// Laws as JSON: `{"lognormal": [[weight, mu, sigma]]}` and so on.
extension Law {
  package var json: JSON {
    func list(_ values: [Double]) -> JSON { .array(values.map { .decimal($0) }) }
    switch self {
    case .constant(let value): return .object([.init("constant", .decimal(value))])
    case .quantiles(let values): return .object([.init("quantiles", list(values))])
    case .lognormals(let parts):
      return .object([
        .init("lognormal", .array(parts.map { list([$0.weight, $0.mu, $0.sigma]) }))
      ])
    case .gamma(let shape, let scale): return .object([.init("gamma", list([shape, scale]))])
    case .geometric(let mean): return .object([.init("geometric", .decimal(mean))])
    case .clipped(let law, let least, let greatest):
      var json = law.json
      json["min"] = .decimal(least)
      json["max"] = .decimal(greatest)
      return json
    }
  }

  /// nil: it is no law.
  package init?(_ json: JSON) {
    guard let law = Self.plain(json) else { return nil }
    guard json["min"] != nil || json["max"] != nil else {
      self = law
      return
    }
    let least = json["min"]?.double ?? 0
    let greatest = json["max"]?.double ?? 1e15
    guard least <= greatest else { return nil }
    self = .clipped(law, min: least, max: greatest)
  }

  private static func plain(_ json: JSON) -> Law? {
    func numbers(_ key: String, from least: Int) -> [Double]? {
      guard let values = json[key]?.array?.map(\.double), values.count >= least else { return nil }
      let numbers = values.compactMap { $0 }
      return numbers.count == values.count && numbers.allSatisfy(\.isFinite) ? numbers : nil
    }
    if let value = json["constant"]?.double { return .constant(value) }
    if let values = numbers("quantiles", from: 1), values == values.sorted() {
      return .quantiles(values)
    }
    if let mean = json["geometric"]?.double, mean >= 1 { return .geometric(mean: mean) }
    if let values = numbers("gamma", from: 2), values[0] > 0, values[1] > 0 {
      return .gamma(shape: values[0], scale: values[1])
    }
    let parts = (json["lognormal"]?.array ?? []).compactMap { part -> Lognormal? in
      guard let values = part.array?.compactMap(\.double), values.count == 3, values[0] > 0,
        values[2] >= 0
      else { return nil }
      return Lognormal(weight: values[0], mu: values[1], sigma: values[2])
    }
    return parts.isEmpty ? nil : .lognormals(parts)
  }
}
