import ServingModel
import SimKernel

/// The units that a kind of quantity may be written in.
struct Units<Quantity: Sendable>: Sendable {
  /// `a time`.
  var kind: String
  /// `30 s`.
  var example: String
  /// Each with its size in the unit that `make` takes.
  var factors: [(name: String, size: Double)]
  /// What `make` takes, beside 0.
  var range: ClosedRange<Double>
  /// The same for people.
  var bounds: String
  var make: @Sendable (Double) -> Quantity

  /// What is allowed, for `found ...; expected ...`.
  var expected: String {
    "\(kind) with its unit, like \(example) (units: \(factors.map(\.name).joined(separator: ", ")))"
  }

  /// The quantity that `text` states; nil when it is not a number with one of the units, 0 or
  /// within the bounds.
  func parse(_ text: String) -> Quantity? {
    guard let size = size(text), size == 0 || range.contains(size) else { return nil }
    return make(size)
  }

  /// What is allowed where `text` stands, which is not.
  func expected(for text: String, zeroAllowed: Bool = true) -> String {
    exceeded(text) ?? expected + (zeroAllowed ? "" : ", above 0")
  }

  /// The bounds, where the text is such a quantity beyond them.
  func exceeded(_ text: String) -> String? {
    guard let size = size(text), size != 0, !range.contains(size) else { return nil }
    return "\(kind) from \(bounds)"
  }

  /// In the unit that `make` takes.
  private func size(_ text: String) -> Double? {
    guard text.first != "-", let measure = Measure(text),
      let factor = factors.first(where: { $0.name == measure.unit })
    else { return nil }
    return measure.number * factor.size
  }

  /// `; did you mean "30 s"?` for a number with a unit that people write and this kind lacks; else
  /// nothing.
  func hint(for text: String) -> String {
    guard text.first != "-", let measure = Measure(text), !measure.unit.isEmpty,
      let meant = UnitWords.meant(by: measure.unit, among: factors.map(\.name)),
      meant != measure.unit
    else { return "" }
    let value = "\(measure.number)"
    let digits = value.hasSuffix(".0") ? "\(value.dropLast(2))" : value
    return "; did you mean \"\(digits) \(meant)\"?"
  }
}

extension Units where Quantity == SimDuration {
  static var duration: Self {
    Units(
      kind: "a time", example: "30 s",
      factors: [
        ("ps", 1e-12), ("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60),
        ("h", 3600), ("d", 86_400),
      ], range: 1e-12...SimDuration.longest.seconds,
      bounds: "1 ps to 53 d"
    ) { SimDuration(seconds: $0) }
  }
}

extension Units where Quantity == SimTime {
  /// Of the run, which can go on for longer than any one thing in it.
  static var time: Self {
    let duration = Units<SimDuration>.duration
    return Units(
      kind: duration.kind, example: "1 h", factors: duration.factors,
      range: duration.range.lowerBound...SimTime.last.seconds, bounds: "1 ps to 1460 d"
    ) { SimTime(seconds: $0) }
  }
}

extension Units where Quantity == Bytes {
  static var size: Self {
    Units(
      kind: "a size", example: "80 GiB",
      factors: [
        ("B", 1), ("kB", 1e3), ("KiB", 1024), ("MB", 1e6), ("MiB", 0x1p20), ("GB", 1e9),
        ("GiB", 0x1p30), ("TB", 1e12), ("TiB", 0x1p40),
      ], range: 1...1e18, bounds: "1 B to 1000000 TB"
    ) { Bytes($0) }
  }
}

extension Units where Quantity == BytesPerSecond {
  static var bandwidth: Self {
    Units(
      kind: "a bandwidth", example: "3.35 TB/s",
      factors: [
        ("B/s", 1), ("kB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9), ("TB/s", 1e12),
        ("MiB/s", 0x1p20), ("GiB/s", 0x1p30), ("TiB/s", 0x1p40), ("Gbit/s", 1.25e8),
      ], range: 1...1e18, bounds: "1 B/s to 1000000 TB/s"
    ) { BytesPerSecond($0) }
  }
}

extension Units where Quantity == FLOPsPerSecond {
  static var compute: Self {
    Units(
      kind: "dense arithmetic per second", example: "989 TFLOP/s",
      factors: [
        ("GFLOP/s", 1e9), ("TFLOP/s", 1e12), ("PFLOP/s", 1e15), ("GOP/s", 1e9), ("TOP/s", 1e12),
        ("POP/s", 1e15),
      ], range: 1e9...1e21, bounds: "1 GFLOP/s to 1000000 PFLOP/s"
    ) { FLOPsPerSecond($0) }
  }
}

extension Units where Quantity == Watts {
  static var power: Self {
    Units(
      kind: "a power", example: "700 W", factors: [("W", 1), ("kW", 1e3)], range: 1e-3...1e9,
      bounds: "0.001 W to 1000000 kW"
    ) { Watts($0) }
  }
}

extension Units where Quantity == Double {
  /// Per second.
  static var rate: Self {
    Units(
      kind: "a rate", example: "5.5 /s",
      factors: [("/s", 1), ("/min", 1 / 60), ("/h", 1 / 3600), ("/d", 1 / 86_400)],
      range: 1e-9...1e12,
      bounds: "0.000000001 /s to 1000000000000 /s"
    ) { $0 }
  }
}
