/// What a chart's side measures.
package struct Axis: Hashable, Sendable {
  package enum Scale: Hashable, Sendable {
    case linear
    /// Every value is above 0.
    case logarithmic
    /// One row for each name, the first one on top.
    case categories([String])
  }

  package var name: String
  /// Empty for plain numbers and names.
  package var unit: String
  package var scale: Scale
  /// What it has to show, beside the data.
  package var includes: [Double]
  /// Whether it ends at a tick; otherwise it ends with the data.
  package var endsAtTick: Bool

  package init(
    _ name: String, unit: String, scale: Scale = .linear, includes: [Double] = [],
    endsAtTick: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.scale = scale
    self.includes = includes
    self.endsAtTick = endsAtTick
  }

  /// `TTFT (ms)`.
  package var title: String {
    if name.isEmpty { return unit }
    return unit.isEmpty ? name : "\(name) (\(unit))"
  }
}

/// An axis with its ends and ticks.
struct AxisScale {
  struct Tick: Hashable {
    var value: Double
    var label: String
  }

  private(set) var lower: Double
  private(set) var upper: Double
  private(set) var ticks: [Tick]
  private let isLogarithmic: Bool

  /// What is beyond lies at the end, so that differences, and steps of them, are numbers.
  private static let most = 1e300

  /// For `values` and what the axis includes, with about `count` ticks.
  init(_ axis: Axis, values: [Double], ticks count: Int) {
    let all = (values + axis.includes).filter(\.isFinite).map {
      min(max($0, -Self.most), Self.most)
    }
    switch axis.scale {
    case .linear:
      self.init(
        linear: Self.range(all), isRounded: axis.endsAtTick, ticks: count)
    case .logarithmic:
      let positive = all.filter { $0 > 0 }.map { max($0, 1 / Self.most) }
      self.init(logarithmic: Self.range(positive), ticks: count)
    case .categories(let names): self.init(categories: names, ticks: count)
    }
  }

  private static func range(_ values: [Double]) -> (Double, Double) {
    guard let least = values.min(), let most = values.max() else { return (0, 1) }
    guard least == most else { return (least, most) }
    return least == 0 ? (0, 1) : least > 0 ? (least / 2, least * 1.5) : (least * 1.5, least / 2)
  }

  private init(linear range: (least: Double, most: Double), isRounded: Bool, ticks count: Int) {
    isLogarithmic = false
    (lower, upper) = range
    let step = Self.step(near: (upper - lower) / Double(max(1, count)))
    if isRounded {
      lower = (lower / step + 1e-9).rounded(.down) * step
      upper = (upper / step - 1e-9).rounded(.up) * step
    }
    let first = Int((lower / step - 1e-9).rounded(.up))
    let last = Int((upper / step + 1e-9).rounded(.down))
    let values = first <= last ? (first...last).map { Double($0) * step } : [lower]
    let labels = TickLabels(most: max(abs(lower), abs(upper)), step: step)
    ticks = values.map { Tick(value: $0, label: labels.text($0)) }
  }

  private init(logarithmic range: (least: Double, most: Double), ticks count: Int) {
    isLogarithmic = true
    lower = range.least > 0 ? range.least : range.most / 10
    upper = range.most
    let first = Int(decimalLogarithm(lower).rounded(.down))
    let last = Int(decimalLogarithm(upper).rounded(.up))
    let factors: [Double] =
      last - first <= count / 3 ? [1, 2, 5] : last - first <= count / 2 ? [1, 3] : [1]
    let stride = max(1, (last - first) / max(1, count))
    ticks = []
    for exponent in Swift.stride(from: first, through: last, by: stride) {
      for factor in factors {
        let value = factor * power(10, Double(exponent))
        guard value >= lower * 0.999_999, value <= upper * 1.000_001 else { continue }
        ticks.append(Tick(value: value, label: TickLabels.text(alone: value)))
      }
    }
  }

  private init(categories names: [String], ticks count: Int) {
    isLogarithmic = false
    // Rows are counted downwards.
    lower = Double(names.count)
    upper = 0
    let stride = max(1, (names.count + count - 1) / max(1, count))
    ticks = names.enumerated().filter { $0.offset.isMultiple(of: stride) }
      .map { Tick(value: Double($0.offset) + 0.5, label: $0.element) }
  }

  /// 1, 2, 2.5 or 5 times a power of ten, at least `size`.
  private static func step(near size: Double) -> Double {
    guard size > 1 / most else { return 1 }
    let scale = power(10, decimalLogarithm(size).rounded(.down))
    let factor = [1, 2, 2.5, 5, 10].first { $0 * scale >= size * 0.999_999 } ?? 10
    return factor * scale
  }

  /// Where `value` lies: 0 at the lower end, 1 at the upper; what is beyond lies at the end.
  func share(_ value: Double) -> Double {
    let share: Double
    if isLogarithmic {
      guard value > 0 else { return 0 }
      let low = decimalLogarithm(lower)
      share = (decimalLogarithm(value) - low) / (decimalLogarithm(upper) - low)
    } else {
      share = (value - lower) / (upper - lower)
    }
    return share.isFinite ? min(1, max(0, share)) : 0
  }
}
