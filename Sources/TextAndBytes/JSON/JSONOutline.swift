/// The first value of a JSON file, without its values: its keys, and the lists of objects in it. It is
/// found in one pass that keeps no part of the file.
package struct JSONOutline {
  /// A list of objects that lies in no other list.
  package struct List {
    package var list: JSONList
    /// The keys of its first objects, those of nested ones by their paths.
    package var paths: [String] = []
    var objects = 0
    fileprivate var seen: Set<String> = []
  }

  /// Whether the value is an object; else a list.
  package private(set) var isObject = true
  /// It goes on over several lines.
  package private(set) var isMultiline = false
  /// What follows it is a comma, as where the brackets of a list are left out.
  package private(set) var isFollowedByComma = false
  /// Nothing follows it.
  package private(set) var isAlone = false
  /// The keys of the object, those of nested ones by their paths; none that lies in a list.
  package private(set) var paths: [String] = []
  /// How many keys these are, also where not all of them are kept.
  package private(set) var count = 0
  package private(set) var lists: [List] = []

  private var frames: [Frame] = []
  private var offset = 0
  private var line = 1
  private var string = JSONStringScan()
  /// The text of the key that is being read; nil: the string is a value.
  private var key: [UInt8]?
  /// It has its end.
  package var isWhole: Bool { hasEnded }
  private var hasEnded = false
  private var isDone = false

  /// An object or a list that is not closed yet.
  private struct Frame {
    var isObject: Bool
    var expectsKey: Bool
    /// What stands before the names of its keys; nil: they are of no interest.
    var prefix: String?
    /// The list it lies in or is.
    var list: Int?
    /// The name of the key whose value comes next.
    var name = ""
    var levels: Int
  }

  /// A record of more keys has too many to look at.
  package static let mostKeys = 2000
  private static let longestKey = 128
  private static let deepest = 4
  /// How many objects of a list are looked at: one that failed may lack what others have.
  private static let sampledObjects = 50

  /// nil: the file holds neither an object nor a list.
  package init?(path: String) throws(FileProblem) {
    let source = try ByteSource.open(path: path)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var isFirst = true
    while !isDone {
      let count = try source.read(into: &buffer, at: 0)
      guard count > 0 else {
        isAlone = true
        break
      }
      var start = 0
      if isFirst {
        isFirst = false
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        guard let byte = buffer[start..<count].first(where: { $0 > UInt8(ascii: " ") }),
          byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
        else { return nil }
        isObject = byte == UInt8(ascii: "{")
      }
      buffer.withUnsafeBufferPointer { read($0[start..<count]) }
      offset += count
    }
  }

  private mutating func read(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    var at = bytes.startIndex
    while at < bytes.endIndex, !isDone {
      if string.isInside {
        at = readString(bytes, from: at)
      } else {
        read(bytes[at], at: offset + at)
        at += 1
      }
    }
  }

  /// Goes on in a string; returns where it or the bytes end.
  private mutating func readString(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, from start: Int
  ) -> Int {
    var at = start
    while at < bytes.endIndex {
      let byte = bytes[at]
      at += 1
      if key != nil, key?.count ?? 0 < Self.longestKey { key?.append(byte) }
      if string.ends(with: byte) {
        finishKey()
        break
      }
    }
    return at
  }

  private mutating func read(_ byte: UInt8, at place: Int) {
    // A list is known by what it begins with, and what follows an object by its first byte.
    if byte > UInt8(ascii: " "), finishes(with: byte) { return }
    switch byte {
    case UInt8(ascii: "\n"):
      line += 1
      if !frames.isEmpty { isMultiline = true }
    case UInt8(ascii: "\""):
      string.begin()
      key = frames.last.map { $0.isObject && $0.expectsKey } ?? false ? [] : nil
    case UInt8(ascii: "{"): openObject()
    case UInt8(ascii: "["): openList(at: place)
    case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
    case UInt8(ascii: ","): expectKey(true)
    case UInt8(ascii: ":"): expectKey(false)
    default: return
    }
  }

  private mutating func expectKey(_ expects: Bool) {
    if !frames.isEmpty { frames[frames.count - 1].expectsKey = expects }
  }

  private mutating func finishes(with byte: UInt8) -> Bool {
    if hasEnded {
      isDone = true
      isFollowedByComma = byte == UInt8(ascii: ",")
    } else if !isObject, frames.count == 1 {
      isDone = true
      isAlone = true
      // A list of lists is none of records.
      if byte == UInt8(ascii: "[") { lists = [] }
    }
    return isDone
  }

  private mutating func openObject() {
    var frame = Frame(
      isObject: true, expectsKey: true, prefix: nil, list: nil,
      levels: 1 + (frames.last?.levels ?? 0))
    if let outer = frames.last {
      frame.list = outer.list
      if outer.isObject {
        frame.prefix = outer.prefix.map { $0 + outer.name + "." }
      } else if let list = outer.list, outer.prefix != nil {
        lists[list].objects += 1
        frame.prefix = lists[list].objects <= Self.sampledObjects ? "" : nil
        frame.levels = 1
      }
    } else {
      frame.prefix = ""
    }
    if frame.levels > Self.deepest { frame.prefix = nil }
    frames.append(frame)
  }

  private mutating func openList(at place: Int) {
    var frame = Frame(isObject: false, expectsKey: false, levels: 0)
    let outer = frames.last
    // Lists in lists are values.
    if let outer, let prefix = outer.prefix, outer.isObject, outer.list == nil {
      frame.list = lists.count
      frame.prefix = ""
      lists.append(List(list: JSONList(path: prefix + outer.name, offset: place, line: line)))
    } else if outer == nil {
      frame.list = 0
      frame.prefix = ""
      lists.append(List(list: JSONList(path: "", offset: place, line: line)))
    }
    frames.append(frame)
  }

  private mutating func close() {
    guard let frame = frames.popLast() else { return }
    // One without objects is a value.
    if !frame.isObject, frame.prefix != nil, let list = frame.list, isObject,
      lists[list].objects == 0
    {
      lists.removeLast()
    }
    hasEnded = frames.isEmpty
  }

  private mutating func finishKey() {
    guard var text = key, let frame = frames.last else { return }
    key = nil
    if text.last == UInt8(ascii: "\"") { text.removeLast() }
    let name = Escapes.json(text.span)
    frames[frames.count - 1].name = name
    guard let prefix = frame.prefix else { return }
    if let list = frame.list {
      guard lists[list].paths.count < Self.mostKeys else { return }
      if lists[list].seen.insert(prefix + name).inserted { lists[list].paths.append(prefix + name) }
    } else {
      count += 1
      if paths.count < Self.mostKeys { paths.append(prefix + name) }
    }
  }
}
