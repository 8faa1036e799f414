/// Values of runs of ids that do not overlap, in the order of the ids. It takes as many steps as there
/// are runs, however many ids they have.
///
/// Entries lie in sorted chunks, so that an insertion moves few of them.
package struct RunMap<Value> {
  package struct Entry {
    package var first: Int64
    package var last: Int64
    package var value: Value

    package init(_ first: Int64, _ last: Int64, _ value: Value) {
      self.first = first
      self.last = last
      self.value = value
    }
  }

  private struct Place {
    var chunk: Int
    var index: Int
  }

  private static var mostOfChunk: Int { 128 }

  private var chunks: [[Entry]] = []
  /// The first id of each chunk.
  private var starts: [Int64] = []
  package private(set) var count = 0

  package init() {}

  /// Of entries in order.
  package init(_ entries: [Entry]) {
    count = entries.count
    let step = Self.mostOfChunk / 2
    for start in stride(from: 0, to: entries.count, by: step) {
      chunks.append(Array(entries[start..<min(start + step, entries.count)]))
      starts.append(entries[start].first)
    }
  }

  package var entries: [Entry] { Array(chunks.joined()) }

  /// The entry that has the id.
  package subscript(id: Int64) -> Entry? {
    let place = place(id)
    guard place.chunk < chunks.count else { return nil }
    let entry = chunks[place.chunk][place.index]
    return entry.first <= id ? entry : nil
  }

  /// Calls `body` with the parts of a run in order, each with the entry that it lies in or, where
  /// no entry has its ids, nil, until that returns false.
  package func walk(
    _ run: BlockRuns.Run, _ body: (_ part: BlockRuns.Run, _ entry: Entry?) -> Bool
  ) {
    var at = run.first
    var place = place(at)
    while place.chunk < chunks.count {
      let entry = chunks[place.chunk][place.index]
      guard entry.first <= run.last else { break }
      if entry.first > at {
        guard body(BlockRuns.Run(at, entry.first - 1), nil) else { return }
        at = entry.first
      }
      let end = min(entry.last, run.last)
      guard body(BlockRuns.Run(at, end), entry), end < run.last else { return }
      at = end + 1
      place = self.place(after: place)
    }
    _ = body(BlockRuns.Run(at, run.last), nil)
  }

  /// Adds an entry where there is none.
  package mutating func insert(_ entry: Entry) {
    count += 1
    guard !chunks.isEmpty else {
      chunks = [[entry]]
      starts = [entry.first]
      return
    }
    let chunk = max(0, chunksUp(to: entry.first) - 1)
    let index = self.index(in: chunk, of: entry.first)
    chunks[chunk].insert(entry, at: index)
    if index == 0 { starts[chunk] = entry.first }
    if chunks[chunk].count > Self.mostOfChunk { split(chunk) }
  }

  /// Lengthens the entry that ends before the run by it. The run has no entry.
  package mutating func lengthen(by run: BlockRuns.Run) {
    let place = place(run.first - 1)
    chunks[place.chunk][place.index].last = run.last
  }

  /// Takes the ids of a run out. What is left of an entry on either side keeps its value.
  package mutating func clear(_ run: BlockRuns.Run) {
    var place = place(run.first)
    while place.chunk < chunks.count {
      let entry = chunks[place.chunk][place.index]
      guard entry.first <= run.last else { return }
      if entry.first < run.first {
        chunks[place.chunk][place.index].last = run.first - 1
        guard entry.last <= run.last else {
          return insert(Entry(run.last + 1, entry.last, entry.value))
        }
        place = self.place(after: place)
      } else if entry.last > run.last {
        chunks[place.chunk][place.index].first = run.last + 1
        if place.index == 0 { starts[place.chunk] = run.last + 1 }
        return
      } else {
        place = remove(place)
      }
    }
  }

  /// Returns the place of what stood behind.
  private mutating func remove(_ place: Place) -> Place {
    count -= 1
    chunks[place.chunk].remove(at: place.index)
    guard let first = chunks[place.chunk].first else {
      chunks.remove(at: place.chunk)
      starts.remove(at: place.chunk)
      return Place(chunk: place.chunk, index: 0)
    }
    starts[place.chunk] = first.first
    return place.index < chunks[place.chunk].count
      ? place : Place(chunk: place.chunk + 1, index: 0)
  }

  private mutating func split(_ chunk: Int) {
    let half = chunks[chunk].count / 2
    let upper = Array(chunks[chunk][half...])
    chunks[chunk].removeSubrange(half...)
    chunks.insert(upper, at: chunk + 1)
    starts.insert(upper[0].first, at: chunk + 1)
  }

  /// The first entry that ends at the id or behind it; behind the last chunk: none.
  private func place(_ id: Int64) -> Place {
    let chunk = max(0, chunksUp(to: id) - 1)
    guard chunk < chunks.count else { return Place(chunk: chunk, index: 0) }
    let index = self.index(in: chunk, of: id)
    return index < chunks[chunk].count
      ? Place(chunk: chunk, index: index) : Place(chunk: chunk + 1, index: 0)
  }

  private func place(after place: Place) -> Place {
    place.index + 1 < chunks[place.chunk].count
      ? Place(chunk: place.chunk, index: place.index + 1)
      : Place(chunk: place.chunk + 1, index: 0)
  }

  /// How many chunks start at the id or before it.
  private func chunksUp(to id: Int64) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= id { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first entry of a chunk that ends at the id or behind it.
  private func index(in chunk: Int, of id: Int64) -> Int {
    var low = 0
    var high = chunks[chunk].count
    while low < high {
      let middle = (low + high) / 2
      if chunks[chunk][middle].last < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension RunMap: Sendable where Value: Sendable {}
extension RunMap.Entry: Sendable where Value: Sendable {}
