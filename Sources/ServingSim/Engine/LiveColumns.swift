import ServingModel
import SimKernel

/// The columns of a live run: places for the requests that are under way, used again when they have
/// ended.
struct LiveColumns: ~Copyable {
  let promptTokens: UnsafeMutableBufferPointer<Int32>
  let outputTokens: UnsafeMutableBufferPointer<Int32>
  let sessions: UnsafeMutableBufferPointer<Int32>
  let priorities: UnsafeMutableBufferPointer<Int32>
  let deadlines: UnsafeMutableBufferPointer<SimDuration>
  let outcomes: UnsafeMutableBufferPointer<Outcome>
  let traits: TraitTable
  /// Places that were never used begin here; they go first, so that the numbers of requests ascend
  /// as long as there are any.
  private var unused = 0
  private var freed: [Int32] = []

  /// A row is written when a request takes it, and not before: room costs nothing.
  init(capacity: Int) {
    promptTokens = .allocate(capacity: capacity)
    outputTokens = .allocate(capacity: capacity)
    sessions = .allocate(capacity: capacity)
    priorities = .allocate(capacity: capacity)
    deadlines = .allocate(capacity: capacity)
    outcomes = .allocate(capacity: capacity)
    traits = TraitTable(rows: capacity)
  }

  /// The same requests in columns of its own.
  func copy() -> LiveColumns {
    var copy = LiveColumns(capacity: outcomes.count)
    fill(copy.promptTokens, from: promptTokens)
    fill(copy.outputTokens, from: outputTokens)
    fill(copy.sessions, from: sessions)
    fill(copy.priorities, from: priorities)
    fill(copy.deadlines, from: deadlines)
    fill(copy.outcomes, from: outcomes)
    copy.traits.takeAll(of: traits)
    copy.unused = unused
    copy.freed = freed
    return copy
  }

  private func fill<Value>(
    _ column: UnsafeMutableBufferPointer<Value>, from other: UnsafeMutableBufferPointer<Value>
  ) {
    _ = column.update(fromContentsOf: other[..<unused])
  }

  deinit {
    for column in [promptTokens, outputTokens, sessions, priorities] { column.deallocate() }
    deadlines.deallocate()
    outcomes.deallocate()
  }

  /// As the engine reads them: no request has an arrival of its own.
  var columns: WorkloadColumns {
    WorkloadColumns(
      count: 0, arrivals: UnsafeBufferPointer(start: nil, count: 0),
      promptTokens: UnsafeBufferPointer(promptTokens),
      outputTokens: UnsafeBufferPointer(outputTokens), sessions: UnsafeBufferPointer(sessions),
      priorities: UnsafeBufferPointer(priorities), deadlines: UnsafeBufferPointer(deadlines),
      patience: nil, traits: traits, dependencies: nil, content: nil)
  }

  /// Whether another request finds a place.
  var hasRoom: Bool { unused < outcomes.count || !freed.isEmpty }

  mutating func insert(_ request: LiveArrival) -> Int {
    let number = unused < outcomes.count ? unused : Int(freed.removeLast())
    if number == unused { unused += 1 }
    promptTokens[number] = request.promptTokens
    let limit = request.traits[.maxTokens] ?? .max
    outputTokens[number] = Int32(min(Int64(request.outputTokens), max(1, limit)))
    sessions[number] = request.session ?? -1
    priorities[number] = request.priority
    deadlines[number] = request.deadline
    traits.set(number, to: request.traits)
    outcomes[number] = Outcome()
    return number
  }

  mutating func remove(_ number: Int) { freed.append(Int32(number)) }
}
