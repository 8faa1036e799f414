import ServingModel
import SimKernel

/// The columns of a live run: the plan's own requests, and after them places for those that come from
/// outside, used again when these have ended.
struct LiveColumns: ~Copyable {
  private let planned: PlannedRequests
  let promptTokens: UnsafeMutableBufferPointer<Int32>
  let outputTokens: UnsafeMutableBufferPointer<Int32>
  let sessions: UnsafeMutableBufferPointer<Int32>
  let priorities: UnsafeMutableBufferPointer<Int32>
  let deadlines: UnsafeMutableBufferPointer<SimDuration>
  let patience: UnsafeMutableBufferPointer<SimDuration>
  let outcomes: UnsafeMutableBufferPointer<Outcome>
  let traits: TraitTable
  /// Places that were never used begin here; they go first, so that the numbers of requests ascend
  /// as long as there are any.
  private var unused = 0
  private var freed: [Int32] = []

  /// With room for `capacity` requests beside those of `workload`. A row is written when a request
  /// takes it, and not before: room costs nothing.
  init(_ workload: Workload, capacity: Int) {
    self.init(PlannedRequests(workload), rows: workload.count + capacity)
    let lengths = workload.traits.limited(workload.outputTokens)
    for i in 0..<workload.count {
      var request = LiveArrival(promptTokens: workload.promptTokens[i], outputTokens: lengths[i])
      request.session = workload.sessions?[i]
      request.priority = workload.priorities?[i] ?? 0
      request.deadline = workload.deadlines?[i] ?? .longest
      request.traits = LiveTraits(workload.traits, of: i)
      write(request, to: i)
      patience[i] = workload.patience?[i] ?? .longest
    }
    unused = workload.count
  }

  private init(_ planned: PlannedRequests, rows: Int) {
    self.planned = planned
    promptTokens = .allocate(capacity: rows)
    outputTokens = .allocate(capacity: rows)
    sessions = .allocate(capacity: rows)
    priorities = .allocate(capacity: rows)
    deadlines = .allocate(capacity: rows)
    patience = .allocate(capacity: rows)
    outcomes = .allocate(capacity: rows)
    traits = TraitTable(rows: rows)
  }

  /// The same requests in columns of its own.
  func copy() -> LiveColumns {
    var copy = LiveColumns(planned, rows: outcomes.count)
    fill(copy.promptTokens, from: promptTokens)
    fill(copy.outputTokens, from: outputTokens)
    fill(copy.sessions, from: sessions)
    fill(copy.priorities, from: priorities)
    fill(copy.deadlines, from: deadlines)
    fill(copy.patience, from: patience)
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
    for column in [deadlines, patience] { column.deallocate() }
    outcomes.deallocate()
  }

  /// As the engine reads them: only the plan's own requests have arrivals.
  var columns: WorkloadColumns {
    WorkloadColumns(
      count: planned.count, arrivals: planned.arrivals,
      promptTokens: UnsafeBufferPointer(promptTokens),
      outputTokens: UnsafeBufferPointer(outputTokens), sessions: UnsafeBufferPointer(sessions),
      priorities: UnsafeBufferPointer(priorities), deadlines: UnsafeBufferPointer(deadlines),
      patience: UnsafeBufferPointer(patience), traits: traits,
      dependencies: planned.dependencies, content: nil)
  }

  var plannedCount: Int { planned.count }

  /// Whether another request finds a place.
  var hasRoom: Bool { unused < outcomes.count || !freed.isEmpty }

  mutating func insert(_ request: LiveArrival) -> Int {
    let number = unused < outcomes.count ? unused : Int(freed.removeLast())
    if number == unused { unused += 1 }
    write(request, to: number)
    return number
  }

  private func write(_ request: LiveArrival, to number: Int) {
    promptTokens[number] = request.promptTokens
    let limit = request.traits[.maxTokens] ?? .max
    outputTokens[number] = Int32(min(Int64(request.outputTokens), max(1, limit)))
    sessions[number] = request.session ?? -1
    priorities[number] = request.priority
    deadlines[number] = request.deadline
    // An event of its client's giving up would outlive it, and its number goes to others.
    patience[number] = .longest
    traits.set(number, to: request.traits)
    outcomes[number] = Outcome()
  }

  /// A request has ended. One of the plan's keeps its place.
  mutating func remove(_ number: Int) {
    if number >= planned.count { freed.append(Int32(number)) }
  }
}
