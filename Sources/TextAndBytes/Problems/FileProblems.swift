/// One thing that is wrong with a file, and where.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
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
  /// Whether the file that the user named is not there.
  package var isMissingFile = false
  /// How many further ones of its kind there are, and the lines of the next few.
  package private(set) var more = 0
  package private(set) var moreLines: [Int] = []

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
    line.map { "\(file):\($0): \(told)" } ?? "\(file): \(told)"
  }

  /// The message, with how many more there are like it.
  package var told: String {
    guard more > 0 else { return message }
    var lines = moreLines.map(String.init).joined(separator: ", ")
    if more > moreLines.count, !lines.isEmpty { lines += " ..." }
    return message + " (and \(more) more like this" + (lines.isEmpty ? ")" : ": lines \(lines))")
  }

  fileprivate mutating func count(_ other: FileProblem) {
    more += 1 + other.more
    if let line = other.line, moreLines.count < 3, line != (moreLines.last ?? self.line) {
      moreLines.append(line)
    }
  }

  /// What problems of one kind have in common: the message without what it quotes and counts.
  fileprivate var kind: String {
    var kind = "\(file)\u{0}\(check ?? "")\u{0}\(line == nil)\u{0}"
    var isQuoted = false
    var isEscaped = false
    for byte in message.utf8 {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, !(48...57).contains(byte) {
        kind.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return kind
  }
}

/// All that is wrong with files, one of each kind with how many there are: a file with a wrong column
/// everywhere says so once, and does not fill the memory.
package struct FileProblems: Error, Sendable, CustomStringConvertible {
  /// How many kinds of problems are kept.
  package static let kept = 20

  package private(set) var problems: [FileProblem] = []
  /// How many were found.
  package private(set) var count = 0
  private var placeOfKind: [String: Int] = [:]

  package init() {}

  package init(_ problem: FileProblem) { add(problem) }

  package var isEmpty: Bool { count == 0 }

  /// What failed, where it is not the input that is wrong.
  package var output: FileProblem.Output? { problems.lazy.compactMap(\.output).first }

  /// Whether all that is wrong is that files are not there.
  package var isMissingFile: Bool { !isEmpty && problems.allSatisfy(\.isMissingFile) }

  package mutating func add(_ problem: FileProblem) {
    count += 1 + problem.more
    let kind = problem.kind
    if let place = placeOfKind[kind] {
      // Without a line there is nothing but the message to tell two apart.
      if problem.line != nil || problem.message == problems[place].message {
        return problems[place].count(problem)
      }
    }
    guard problems.count < Self.kept else { return }
    placeOfKind[kind] = problems.count
    problems.append(problem)
  }

  /// Those of kinds that are not kept.
  package var untold: Int { count - problems.reduce(0) { $0 + 1 + $1.more } }

  /// Adds those of another file.
  package mutating func add(_ others: FileProblems) {
    for problem in others.problems { add(problem) }
    count += others.untold
  }

  package var description: String {
    var lines = problems.map(\.description)
    if untold > 0 { lines.append("and \(untold) more problems") }
    return lines.joined(separator: "\n")
  }
}
