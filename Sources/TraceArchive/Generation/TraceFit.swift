package import TextAndBytes

/// A profile of a trace.
package enum TraceFit {
  /// At most so many requests are kept as samples.
  private static let samples = 4096

  package static func profile(
    path: String, options: TraceReadOptions
  ) throws(FileProblems) -> TraceProfile {
    let donors = DonorWatch()
    let carry = ContextCarry()
    let (table, reading) = try TraceTable.read(
      path: path, options: options, observers: [donors, carry])
    guard table.count >= 20 else {
      throw FileProblems(
        FileProblem(file: path, message: "has \(table.count) requests; a fit needs 20"))
    }
    let name = reading.header.name ?? TraceImport.stem(of: path)
    let isClosed = ArrivalStatistics(table) == nil && table.sessionNames.count > 0
    var client = TraceProfile.Client(name)
    if isClosed {
      client.session = session(table, carry)
      client.output = Law.fitted(table.values(.outputTokens).filter { $0 > 0 })
    } else {
      client.samples = samples(table, donors)
    }
    var profile = TraceProfile(
      name, "fitted to \(table.count) requests", source: name, rate: 1, clients: [client],
      blockSize: reading.header.hashing?.blockSize)
    fitArrivals(&profile, table)
    return profile
  }

  private static func fitArrivals(_ profile: inout TraceProfile, _ table: TraceTable) {
    guard let arrivals = ArrivalStatistics(table), arrivals.count > 2 else { return }
    profile.rate = arrivals.rate
    // On a coarse clock the gaps are the clock's, and Poisson is the least claim.
    profile.clients[0].gapVariation =
      arrivals.tick == nil ? max(0.01, arrivals.localVariation ?? arrivals.gapVariation) : 1
    if let hours = arrivals.hours, arrivals.span >= 2 * 86_400_000_000 {
      profile.hours = hours
      profile.weekdayToWeekend = arrivals.weekdayToWeekend ?? 1
    } else if let window = arrivals.window {
      let counts = ArrivalStatistics.counts(table.sortedArrivals, window)
      profile.windows = counts
      profile.windowSeconds = Double(window) / 1e6
    }
  }

  /// Requests at equal steps through all of them in order of length.
  private static func samples(
    _ table: TraceTable, _ donors: DonorWatch
  ) -> [TraceProfile.Sample] {
    let order = table.inputs.indices
      .filter { table.inputs[$0] > 0 && table.outputs[$0] > 0 }
      .sorted {
        (table.inputs[$0], table.outputs[$0], $0) < (table.inputs[$1], table.outputs[$1], $1)
      }
    let count = min(order.count, samples)
    return (0..<count).map { place in
      let row = order[(2 * place + 1) * order.count / (2 * count)]
      var sample = TraceProfile.Sample(
        input: Int64(table.inputs[row]), output: Int64(table.outputs[row]))
      if row < donors.reused.count {
        sample.reused = Int64(donors.reused[row])
        sample.back = Int64(donors.back[row])
      }
      return sample
    }
  }

  private static func session(
    _ table: TraceTable, _ carry: ContextCarry
  ) -> TraceProfile.Session? {
    guard let shape = SessionShape(table, added: carry.added) else { return nil }
    var session = TraceProfile.Session(
      turns: shape.turns, first: shape.first, added: shape.added, think: shape.think)
    session.toolThink = shape.toolThink
    session.toolShare = shape.toolShare
    if !carry.shares.isEmpty {
      session.resetShare = Double(carry.resets) / Double(carry.shares.count)
    }
    return session
  }
}

/// What the sessions of a trace whose requests wait for each other are like.
private struct SessionShape {
  var turns: Law
  var first: Law
  var added: Law
  var think: Law
  var toolThink: Law?
  var toolShare = 0.0

  init?(_ table: TraceTable, added carried: [Double]) {
    var turns = [Double](repeating: 0, count: table.sessionNames.count)
    var firsts: [Double] = []
    var grown: [Double] = []
    var last: [Int64: Double] = [:]
    for row in table.inputs.indices where table.session(row) >= 0 {
      turns[Int(table.session(row))] += 1
      let key = Int64(table.session(row)) << 32 | Int64(table.agent(row) + 1)
      let input = Double(table.inputs[row])
      if let before = last[key] {
        grown.append(max(1, input - before))
      } else {
        firsts.append(input)
      }
      last[key] = input + Double(table.outputs[row])
    }
    let thinks = table.values(.think).map { $0 / 1e6 }
    guard let turnLaw = Law.fitted(turns), let firstLaw = Law.fitted(firsts),
      let addedLaw = Law.fitted(grown.isEmpty ? carried : grown)
    else { return nil }
    self.turns = turnLaw
    first = firstLaw
    added = addedLaw
    think = Law.fitted(thinks) ?? .constant(0)
  }
}

/// Watches, for each prompt with block ids, how much of it an earlier one had, and how many requests
/// before that was.
final class DonorWatch: RecordObserver {
  private(set) var reused: [Int32] = []
  private(set) var back: [Int32] = []
  private var lastRow: [Int64: Int32] = [:]
  private var blockSize = 0

  func begin(_ header: TraceHeader) {
    guard let hashing = header.hashing, hashing.kind == .prefixChain || hashing.kind == nil,
      hashing.scope == .global
    else { return }
    blockSize = hashing.blockSize ?? 0
  }

  func observe(_ record: TraceRecord, _ table: TraceTable) {
    guard blockSize > 0 else { return }
    let row = Int32(table.count - 1)
    let ids = record.prefixIDs
    let leading = ids.prefix { lastRow[$0] != nil }.count
    let donor = leading > 0 ? lastRow[ids[leading - 1]] : nil
    reused.append(Int32(clamping: leading * blockSize))
    back.append(donor.map { row - $0 } ?? 0)
    for id in ids { lastRow[id] = row }
  }
}
