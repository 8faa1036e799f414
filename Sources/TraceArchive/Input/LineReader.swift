#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of a file, one at a time as a range of one reused buffer.
struct LineReader: ~Copyable {
  /// Beyond this a file has no lines in it that anyone meant.
  private static let longestLine = 1 << 28

  private let source: ByteSource
  private(set) var buffer: [UInt8]
  /// The current line without its line ending, in `buffer`.
  private(set) var line = 0..<0
  /// The current line's number, from 1; after `join` that of the last line joined.
  private(set) var number = 0
  private var next = 0
  private var filled = 0
  private var atEnd = false

  /// `syntax` is that of the lines that a Parquet file's rows become; nil: it is refused.
  static func open(
    path: String, rowsAs syntax: RecordReader.Syntax? = nil, bufferSize: Int = 1 << 18
  ) throws(TraceProblem) -> LineReader {
    var lines = LineReader(
      source: try ByteSource.open(path: path, rowsAs: syntax), bufferSize: bufferSize)
    try lines.fill()
    try lines.refuseForeignContent()
    return lines
  }

  private init(source: consuming ByteSource, bufferSize: Int) {
    self.source = source
    buffer = [UInt8](repeating: 0, count: bufferSize)
  }

  var path: String { source.path }
  /// Whether lines are the rows of a table.
  var isTable: Bool { source.isTable }
  /// Whether the current line ends with the file and not with a line ending.
  var isUnended: Bool { atEnd && next == filled && line.upperBound == filled }

  /// Goes to the next line; false at the end.
  mutating func advance() throws(TraceProblem) -> Bool {
    try findEnd(lineStart: next)
  }

  /// Adds the next line to the current one, for values with line breaks; false at the end.
  mutating func join() throws(TraceProblem) -> Bool {
    try findEnd(lineStart: line.lowerBound)
  }

  private mutating func findEnd(lineStart: Int) throws(TraceProblem) -> Bool {
    var start = lineStart
    var scan = next
    while true {
      if let end = firstNewline(from: scan) {
        finishLine(start, end, next: end + 1)
        return true
      }
      if atEnd {
        guard next < filled else { return false }
        finishLine(start, filled, next: filled)
        return true
      }
      scan = filled - start
      next -= start
      try makeRoom(keepingFrom: start)
      start = 0
      try fill()
    }
  }

  private mutating func finishLine(_ start: Int, _ end: Int, next: Int) {
    let hasReturn = end > start && buffer[end - 1] == UInt8(ascii: "\r")
    line = start..<(hasReturn ? end - 1 : end)
    number += 1
    self.next = next
  }

  private func firstNewline(from scan: Int) -> Int? {
    guard scan < filled else { return nil }
    return buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      return memchr(base + scan, Int32(UInt8(ascii: "\n")), filled - scan).map {
        $0 - UnsafeMutableRawPointer(mutating: base)
      }
    }
  }

  private mutating func makeRoom(keepingFrom start: Int) throws(TraceProblem) {
    if start > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        memmove(base, base + start, filled - start)
      }
      filled -= start
    }
    guard filled == buffer.count else { return }
    guard filled < Self.longestLine else {
      throw TraceProblem(
        file: path, line: number + 1,
        message: "the line is longer than \(Self.longestLine >> 20) MiB; is this a text file?")
    }
    buffer.append(contentsOf: repeatElement(0, count: filled))
  }

  private mutating func fill() throws(TraceProblem) {
    while filled < buffer.count {
      let count = try source.read(into: &buffer, at: filled)
      guard count > 0 else {
        atEnd = true
        return
      }
      filled += count
    }
  }

  private mutating func refuseForeignContent() throws(TraceProblem) {
    guard filled > 0 else { throw TraceProblem(file: path, message: "the file is empty") }
    if starts(with: "version https://git-lfs.github.com/spec/") {
      throw TraceProblem(
        file: path, line: 1,
        message: "is a Git LFS pointer, not the data; run `git lfs pull` where it came from")
    }
    if starts(with: "PAR1") {
      throw TraceProblem(
        file: path, message: "is a Parquet file; text is needed here")
    }
    // A byte order mark, as spreadsheet programs write it.
    if starts(with: "\u{FEFF}") { next = 3 }
  }

  private func starts(with text: String) -> Bool {
    buffer[0..<filled].starts(with: text.utf8)
  }
}
