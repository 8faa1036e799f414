import NIOCore

/// Decides when each request is sent: open loop by the workload's times, closed loop whenever a
/// client is free. Knows no connection, so that its decisions can be tested without one.
struct LoadSchedule {
  /// A request and when it is due.
  struct Release: Hashable, Comparable {
    var number: Int
    var time: Int64

    static func < (a: Self, b: Self) -> Bool { (a.time, a.number) < (b.time, b.number) }
  }

  private let plan: [PlannedRequest]
  private let isClosed: Bool
  /// Clients without a request.
  private var freeClients: Int
  /// Open loop: requests with an arrival, by time; the next one.
  private var timed: [Int] = []
  private var next = 0
  /// How many requests each one still waits for, and who waits for each.
  private var waits: [Int]
  private var followers: [[Int]]
  /// Requests whose turn has come but for a time or a client.
  private var ready = ReadyQueue()
  private var isStopped = false
  private(set) var remaining: Int

  init(_ plan: [PlannedRequest], concurrency: Int?, leavingOut done: Set<Int> = []) {
    self.plan = plan
    isClosed = concurrency != nil
    freeClients = concurrency ?? 0
    waits = plan.map { request in request.waitsFor.count { !done.contains($0) } }
    followers = plan.map { _ in [] }
    for request in plan {
      for before in request.waitsFor { followers[before].append(request.number) }
    }
    remaining = plan.count - done.count
    for request in plan where !done.contains(request.number) && waits[request.number] == 0 {
      if request.arrival != nil, !isClosed {
        timed.append(request.number)
      } else {
        ready.insert(Release(number: request.number, time: 0))
      }
    }
    timed.sort { (plan[$0].arrival ?? 0, $0) < (plan[$1].arrival ?? 0, $1) }
  }

  /// What is to be sent until `horizon`, in order of time.
  mutating func releases(until horizon: Int64, now: Int64) -> [Release] {
    guard !isStopped else { return [] }
    var due: [Release] = []
    while next < timed.count, let arrival = plan[timed[next]].arrival, arrival <= horizon {
      due.append(Release(number: timed[next], time: arrival))
      next += 1
    }
    while let first = ready.first, first.time <= horizon, !isClosed || freeClients > 0 {
      // A client that waits until a time is not free.
      if isClosed { freeClients -= 1 }
      // An open loop's lone requests are due when they could go.
      due.append(Release(number: first.number, time: isClosed ? max(first.time, now) : first.time))
      ready.removeFirst()
    }
    return due
  }

  /// When there is more to send at the earliest; nil: when something ends.
  var nextTime: Int64? {
    let times = [
      next < timed.count ? plan[timed[next]].arrival : nil,
      !isClosed || freeClients > 0 ? ready.first?.time : nil,
    ]
    return isStopped ? nil : times.compactMap { $0 }.min()
  }

  /// A request has ended at `time`.
  mutating func end(_ number: Int, at time: Int64) {
    remaining -= 1
    if isClosed { freeClients += 1 }
    for follower in followers[number] {
      waits[follower] -= 1
      guard waits[follower] == 0 else { continue }
      let after = time + plan[follower].think
      let arrival = isClosed ? nil : plan[follower].arrival
      ready.insert(Release(number: follower, time: max(after, arrival ?? after)))
    }
  }

  /// Nothing more is sent. Requests that were not are not waited for.
  mutating func stop() { isStopped = true }
}

/// Releases in order. Most are inserted at the end and all are taken from the front.
private struct ReadyQueue {
  private var items: [LoadSchedule.Release] = []
  private var head = 0

  var first: LoadSchedule.Release? { head < items.count ? items[head] : nil }

  mutating func insert(_ item: LoadSchedule.Release) {
    var place = items.count
    while place > head, item < items[place - 1] { place -= 1 }
    items.insert(item, at: place)
  }

  mutating func removeFirst() {
    head += 1
    guard head > 1024, head * 2 > items.count else { return }
    items.removeFirst(head)
    head = 0
  }
}
