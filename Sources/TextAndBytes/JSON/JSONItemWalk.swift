/// Finds where the records of JSON begin and end that are not laid out in lines: the items of a list,
/// or objects one after the other. Whether they are well-formed is for who reads them to say.
struct JSONItemWalk {
  enum Step {
    case item
    case end
    /// The bytes are used up.
    case more
    case fault(expected: String)
  }

  /// Where the items stand in brackets, with commas between them, and whether these lists are all
  /// that the file has.
  let isList: Bool
  private let isWholeFile: Bool
  /// The line of the last byte that was looked at.
  private(set) var line: Int
  /// Records that began.
  private(set) var count = 0
  private var needsComma = false
  private var hasEnded = false
  private var depth = 0
  private var string = JSONStringScan()

  /// From the first byte of a file, or of what stands in a list's brackets.
  init(list: JSONList?) {
    isList = list != nil
    isWholeFile = list?.path.isEmpty ?? true
    line = list?.line ?? 1
  }

  /// Whether a bracket is not closed yet.
  var isOpen: Bool { isList && !hasEnded }

  /// Passes what stands before the next record. A comma after the last one is passed, too.
  mutating func start(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> (step: Step, place: Int) {
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte > UInt8(ascii: " "), let step = step(byte) { return (step, at) }
      at += 1
    }
    return (.more, at)
  }

  /// What a byte between records is; nil: nothing of interest.
  private mutating func step(_ byte: UInt8) -> Step? {
    guard isList else {
      guard byte == UInt8(ascii: ","), needsComma else { return .item }
      needsComma = false
      return nil
    }
    switch byte {
    case _ where hasEnded && !isWholeFile: return .end
    // Exports of several pages are put one after the other.
    case UInt8(ascii: "[") where hasEnded:
      hasEnded = false
      needsComma = false
      return nil
    case _ where hasEnded: return .fault(expected: "the end after ']'")
    case UInt8(ascii: "]"):
      hasEnded = true
      return isWholeFile ? nil : .end
    case UInt8(ascii: ","):
      guard needsComma else { return .fault(expected: "an item before ','") }
      needsComma = false
      return nil
    default: return needsComma ? .fault(expected: "',' or ']' after an item") : .item
    }
  }

  /// The file ends within a record.
  mutating func breakOff() { hasEnded = true }

  mutating func begin() {
    count += 1
    needsComma = true
    depth = 0
    string = JSONStringScan()
  }

  /// Where the record ends; nil where the bytes do first.
  mutating func end(in bytes: Slice<UnsafeMutableBufferPointer<UInt8>>) -> Int? {
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes.base[at]
      if byte == UInt8(ascii: "\n") {
        if depth == 0, !string.isInside { return at }
        line += 1
        bytes.base[at] = UInt8(ascii: " ")
      } else if string.isInside {
        _ = string.ends(with: byte)
      } else {
        switch byte {
        case UInt8(ascii: "\""): string.begin()
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}") where depth > 0, UInt8(ascii: "]") where depth > 0:
          depth -= 1
          if depth == 0 { return at + 1 }
        case UInt8(ascii: ",") where isList && depth == 0,
          UInt8(ascii: "]") where isList && depth == 0:
          return at
        case UInt8(ascii: "\r"): bytes.base[at] = UInt8(ascii: " ")
        default: break
        }
      }
      at += 1
    }
    return nil
  }
}
