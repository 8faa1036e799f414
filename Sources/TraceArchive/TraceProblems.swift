/// One thing that is wrong with a trace, and where.
package struct TraceProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path as the user gave it.
  package var file: String
  /// Counted from 1; nil when the problem belongs to no line.
  package var line: Int?
  /// What was found and what is allowed.
  package var message: String
  /// What failed, where it is not the input that is wrong.
  package var output: Output?
  /// The check of a validation that it belongs to, where that is not `readable`.
  package var check: String?

  package enum Output: Hashable, Sendable {
    case create
    case write
    /// What lies elsewhere cannot be had.
    case fetch
  }

  package init(file: String, line: Int? = nil, message: String, output: Output? = nil) {
    self.file = file
    self.line = line
    self.message = message
    self.output = output
  }

  package var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}

/// All that is wrong with a trace. The first ones are kept, the rest only counted, so that a file
/// with a wrong column everywhere does not fill the memory.
package struct TraceProblems: Error, Sendable, CustomStringConvertible {
  /// How many problems are kept.
  package static let kept = 20

  package private(set) var problems: [TraceProblem] = []
  /// How many were found.
  package private(set) var count = 0

  package init() {}

  package init(_ problem: TraceProblem) { add(problem) }

  package var isEmpty: Bool { count == 0 }

  /// What failed, where it is not the input that is wrong.
  package var output: TraceProblem.Output? { problems.lazy.compactMap(\.output).first }

  package mutating func add(_ problem: TraceProblem) {
    count += 1
    if problems.count < Self.kept { problems.append(problem) }
  }

  /// Adds those of another file.
  package mutating func add(_ others: TraceProblems) {
    problems += others.problems.prefix(Self.kept - problems.count)
    count += others.count
  }

  package var description: String {
    var lines = problems.map(\.description)
    if count > problems.count { lines.append("and \(count - problems.count) more problems") }
    return lines.joined(separator: "\n")
  }
}
