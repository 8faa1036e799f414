import TextAndBytes

/// Typed values of one run in a result. Each says what is wrong with it and then yields nil.
struct ResultFields {
  let file: String
  let line: Int
  /// Which run of the file it is; empty where there is one.
  let run: String
  private(set) var problems: [FileProblem] = []

  init(file: String, line: Int, run: String = "") {
    self.file = file
    self.line = line
    self.run = run
  }

  /// As the report calls the run.
  var name: String { run.isEmpty ? file : "\(file), \(run)" }

  mutating func report(_ message: String) {
    problems.append(
      FileProblem(
        file: file, line: line, message: run.isEmpty ? message : "\(run): \(message)"))
  }

  /// The least rate, in requests a second, and duration, in seconds.
  static let least = 1e-6

  /// A finite number within bounds, which are whole numbers or `least`; nil without a message where there is none.
  mutating func number(
    _ value: JSON?, _ name: String, in bounds: ClosedRange<Double> = 0...1e12
  ) -> Double? {
    guard let value, value != .null, !Self.isNothing(value) else { return nil }
    if let number = value.double, bounds.contains(number) { return number }
    report(
      """
      \(name): found \(excerpt(value.text ?? value.compact)); allowed are numbers from \
      \(Self.plain(bounds.lowerBound)) to \(Self.plain(bounds.upperBound))
      """)
    return nil
  }

  /// A whole number within bounds, also written `8.0`.
  mutating func count(
    _ value: JSON?, _ name: String, in bounds: ClosedRange<Int> = 0...10_000_000
  ) -> Int? {
    guard let value, value != .null, !Self.isNothing(value) else { return nil }
    if let number = value.integer.flatMap({ Int(exactly: $0) }), bounds.contains(number) {
      return number
    }
    report(
      """
      \(name): found \(excerpt(value.text ?? value.compact)); allowed are whole numbers from \
      \(bounds.lowerBound) to \(bounds.upperBound)
      """)
    return nil
  }

  /// Whether it says that nothing was measured, as Python writes it.
  private static func isNothing(_ value: JSON) -> Bool {
    switch value {
    case .number(let text), .string(let text): Numbers.isUnknown(text) || isInfinite(value)
    default: false
    }
  }

  /// Whether it says that there is no bound, as Python writes it.
  static func isInfinite(_ value: JSON?) -> Bool {
    switch value {
    case .number(let text), .string(let text): Double(text) == .infinity && !text.contains("e")
    default: false
    }
  }

  private static func plain(_ bound: Double) -> String {
    bound.rounded() == bound ? "\(Int64(bound))" : "0.000001"
  }
}
