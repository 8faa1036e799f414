/// Requests that wait in lines, one for each rank from 0 on, each a list through `LiveRequest.next`. A
/// walk goes along the line that it is turned to.
///
/// Invariant: whoever was passed by stands in no line until `endWalk`.
struct WaitingLines {
  private var lines: [Line] = []
  /// -1: the walk has been turned to none.
  private var turn: Int32 = -1
  private var passed: [Int32] = []

  private struct Line: BitwiseCopyable {
    var front: Int32 = -1
    var last: Int32 = -1
  }

  /// The request that the walk has come to; -1: the end of the line.
  var front: Int32 { turn < 0 ? -1 : front(of: turn) }

  /// The first of a line; -1: it is empty.
  func front(of line: Int32) -> Int32 { line < lines.count ? lines[Int(line)].front : -1 }

  mutating func turn(to line: Int32) { turn = line }

  mutating func append(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let line = Int(live[id].rank)
    while lines.count <= line { lines.append(Line()) }
    live[id].next = -1
    let last = lines[line].last
    if last >= 0 { live[last].next = id } else { lines[line].front = id }
    lines[line].last = id
  }

  /// It is the first of its line again.
  mutating func restore(_ id: Int32, in live: borrowing Slab<LiveRequest>) {
    let line = Int(live[id].rank)
    live[id].next = lines[line].front
    if lines[line].front < 0 { lines[line].last = id }
    lines[line].front = id
  }

  /// Takes out the request that the walk has come to.
  mutating func removeFront(in live: borrowing Slab<LiveRequest>) {
    let next = live[front].next
    lines[Int(turn)].front = next
    if next < 0 { lines[Int(turn)].last = -1 }
  }

  /// Passes it by.
  mutating func skip(in live: borrowing Slab<LiveRequest>) {
    passed.append(front)
    removeFront(in: live)
  }

  mutating func endWalk(in live: borrowing Slab<LiveRequest>) {
    while let id = passed.popLast() { restore(id, in: live) }
    turn = -1
  }

  /// Takes out the request of this number; nil: it is in no line.
  mutating func remove(number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32? {
    for line in lines.indices {
      var before: Int32 = -1
      var id = lines[line].front
      while id >= 0, live[id].number != number { (before, id) = (id, live[id].next) }
      guard id >= 0 else { continue }
      let next = live[id].next
      if before >= 0 { live[before].next = next } else { lines[line].front = next }
      if next < 0 { lines[line].last = before }
      return id
    }
    return nil
  }

  /// Whoever is in them, line by line.
  func all(in live: borrowing Slab<LiveRequest>) -> [Int32] {
    var ids: [Int32] = []
    for line in lines {
      var id = line.front
      while id >= 0 {
        ids.append(id)
        id = live[id].next
      }
    }
    return ids
  }
}
