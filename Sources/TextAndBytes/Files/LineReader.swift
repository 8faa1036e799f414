#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of a file, one at a time as a range of one reused buffer; of JSON that is not laid out in
/// lines, its records.
package struct LineReader: ~Copyable {
  /// Beyond this a file has no lines in it that anyone meant.
  private static let longestLine = 1 << 28

  private let source: ByteSource
  package private(set) var buffer: [UInt8]
  /// The current line without its line ending, in `buffer`.
  package private(set) var line = 0..<0
  /// The current line's number, from 1; after `join` that of the last line joined.
  package private(set) var number = 0
  private var next = 0
  private var filled = 0
  private var atEnd = false
  /// Where the records of a file stand that has no line for each; nil: it has.
  private var items: JSONItemWalk?
  /// Of a file that grows: what follows the last line ending is no line yet.
  package var leavesOutTorn = false
  /// Something was left out for that.
  package private(set) var hasTorn = false

  package static func open(path: String) throws(FileProblem) -> LineReader {
    try open(ByteSource.open(path: path))
  }

  package static func open(
    _ source: consuming ByteSource, layout: JSONLayout = .lines, bufferSize: Int = 1 << 18
  ) throws(FileProblem) -> LineReader {
    var lines = LineReader(source: source, bufferSize: bufferSize)
    try lines.fill()
    try lines.refuseForeignContent()
    try lines.enter(layout)
    return lines
  }

  private init(source: consuming ByteSource, bufferSize: Int) {
    self.source = source
    buffer = [UInt8](repeating: 0, count: bufferSize)
  }

  package var path: String { source.path }
  /// Whether lines are the rows of a table.
  package var isTable: Bool { source.isTable }
  /// Whether the current line ends with the file and not with a line ending.
  var isUnended: Bool { atEnd && next == filled && line.upperBound == filled }

  /// Why a record breaks off that ends with the file.
  package var cutOffHint: String { isUnended ? " (the file may have been cut off here)" : "" }

  /// The place of the current record in its list, from 0; nil where it is a line.
  var item: Int? { items.flatMap { $0.isList ? $0.count - 1 : nil } }

  /// Goes to the next line; false at the end.
  package mutating func advance() throws(FileProblem) -> Bool {
    try items == nil ? findEnd(lineStart: next) : advanceItem()
  }

  /// Adds the next line to the current one, for values with line breaks; false at the end.
  mutating func join() throws(FileProblem) -> Bool {
    try findEnd(lineStart: line.lowerBound)
  }

  private mutating func findEnd(lineStart: Int) throws(FileProblem) -> Bool {
    var start = lineStart
    var scan = next
    while true {
      if let end = firstNewline(from: scan) {
        finishLine(start, end, next: end + 1)
        return true
      }
      if atEnd {
        guard next < filled else { return false }
        if leavesOutTorn {
          hasTorn = true
          next = filled
          return false
        }
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

  private mutating func makeRoom(keepingFrom start: Int) throws(FileProblem) {
    if start > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        memmove(base, base + start, filled - start)
      }
      filled -= start
    }
    guard filled == buffer.count else { return }
    guard filled < Self.longestLine else {
      throw FileProblem(
        file: path, line: number + 1,
        message: "the line is longer than \(Self.longestLine >> 20) MiB; is this a text file?")
    }
    buffer.append(contentsOf: repeatElement(0, count: filled))
  }

  private mutating func fill() throws(FileProblem) {
    while filled < buffer.count {
      let count = try source.read(into: &buffer, at: filled)
      guard count > 0 else {
        atEnd = true
        return
      }
      filled += count
    }
  }

  private mutating func refuseForeignContent() throws(FileProblem) {
    guard filled > 0 else { throw FileProblem(file: path, message: "the file is empty") }
    if starts(with: "version https://git-lfs.github.com/spec/") {
      throw FileProblem(
        file: path, line: 1,
        message: "is a Git LFS pointer, not the data; run `git lfs pull` where it came from")
    }
    if starts(with: "PAR1") {
      throw FileProblem(
        file: path, message: "is a Parquet file; text is needed here")
    }
    for (beginning, name, hint) in Self.foreign where buffer[0..<filled].starts(with: beginning) {
      throw FileProblem(file: path, message: "is \(name); text in UTF-8 is needed: \(hint)")
    }
    if buffer[0..<filled].contains(UInt8(ascii: "\r")), !buffer[0..<filled].contains(10),
      filled > 200
    {
      throw FileProblem(
        file: path,
        message:
          "has lines that end in a carriage return alone: `tr '\\r' '\\n'` makes lines of them")
    }
    // A byte order mark, as spreadsheet programs write it.
    if starts(with: "\u{FEFF}") { next = 3 }
  }

  private mutating func enter(_ layout: JSONLayout) throws(FileProblem) {
    switch layout {
    case .lines: return
    case .objects: items = JSONItemWalk(list: nil)
    case .items(let list):
      var left = list.offset + 1
      while left > filled, !atEnd {
        left -= filled
        filled = 0
        try fill()
      }
      next = min(left, filled)
      items = JSONItemWalk(list: list)
    }
  }

  /// Goes to the next record of JSON, whose line breaks become spaces; false at the end.
  private mutating func advanceItem() throws(FileProblem) -> Bool {
    guard var walk = items else { return false }
    guard try skipToItem(&walk) else {
      items = walk
      return false
    }
    let first = walk.line
    var start = next
    var scan = start
    walk.begin()
    while true {
      let filled = filled
      let end = buffer.withUnsafeMutableBufferPointer { walk.end(in: $0[scan..<filled]) }
      if end != nil || atEnd {
        line = start..<(end ?? filled)
        number = first
        next = end ?? filled
        if end == nil { walk.breakOff() }
        items = walk
        return true
      }
      // The record goes on.
      scan = filled - start
      try makeRoom(keepingFrom: start)
      start = 0
      next = 0
      try fill()
    }
  }

  /// Passes what stands between records; false at the end.
  private mutating func skipToItem(_ walk: inout JSONItemWalk) throws(FileProblem) -> Bool {
    while true {
      let rest = next..<filled
      let found = buffer.withUnsafeBufferPointer { walk.start(in: $0[rest]) }
      next = found.place
      switch found.step {
      case .item: return true
      case .end: return false
      case .fault(let expected):
        throw FileProblem(
          file: path, line: walk.line, message: "no JSON list: expected \(expected)")
      case .more where atEnd:
        guard walk.isOpen else {
          next = filled
          return false
        }
        throw FileProblem(
          file: path, line: walk.line,
          message: """
            the list ends early, after \(walk.count) items, where ',' or ']' is expected; is the \
            file a part of a download?
            """)
      case .more:
        filled = 0
        next = 0
        try fill()
      }
    }
  }

  /// What files begin with that are no text, or not in UTF-8, and how to get it out of them.
  private static let foreign: [(beginning: [UInt8], name: String, hint: String)] = [
    ([0xFF, 0xFE], "in UTF-16", "`iconv -f UTF-16 -t UTF-8`"),
    ([0xFE, 0xFF], "in UTF-16", "`iconv -f UTF-16 -t UTF-8`"),
    ([0x50, 0x4B, 3, 4], "a ZIP archive or a spreadsheet", "unpack it, or save it as CSV"),
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed by Zstandard", "`zstd -d`"),
    ([0x42, 0x5A, 0x68], "compressed by bzip2", "`bunzip2`"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed by xz", "`unxz`"),
    (Array("SQLite format 3".utf8), "a SQLite database", "`sqlite3 -csv -header`"),
  ]

  private func starts(with text: String) -> Bool {
    buffer[0..<filled].starts(with: text.utf8)
  }
}
