import SimKernel
package import TextAndBytes

/// Keeps what arrives within a window of time, or the first requests.
package final class SliceTransform: RecordTransform {
  private let from: Int64
  private let to: Int64
  private let limit: Int
  private var kept = 0
  private var windowIsSet: Bool { from > .min || to < .max }

  /// Microseconds from the trace's origin.
  package init(from: Int64?, to: Int64?, limit: Int?) {
    self.from = from ?? .min
    self.to = to ?? .max
    self.limit = limit ?? .max
  }

  package var name: String { "slice" }

  package var arguments: [JSON.Field] {
    var fields: [JSON.Field] = []
    if from > .min { fields.append(.init("from_us", .integer(from))) }
    if to < .max { fields.append(.init("to_us", .integer(to))) }
    if limit < .max { fields.append(.init("limit", .integer(Int64(limit)))) }
    return fields
  }

  package func apply(_ record: inout TraceRecord) -> Bool {
    if let arrival = record[.arrival] {
      guard arrival >= from, arrival < to else { return false }
    } else if windowIsSet, record[.parentID] == nil, record.dependsOn.isEmpty {
      return false
    }
    guard kept < limit else { return false }
    kept += 1
    return true
  }
}

/// Makes arrivals faster or slower, and spreads requests that a coarse clock put together.
package final class ScaleTransform: RecordTransform {
  private let rate: Double
  /// Microseconds; 0: nothing is spread.
  private let tick: Int64
  private let seed: UInt64

  package init(rate: Double, spreading tick: Int64 = 0, seed: UInt64 = 1) {
    precondition(rate > 0, "a rate of zero or less")
    self.rate = rate
    self.tick = tick
    self.seed = seed
  }

  package var name: String { "scale" }

  package var arguments: [JSON.Field] {
    var fields = [JSON.Field("rate", .decimal(rate))]
    if tick > 0 {
      fields += [.init("spread_us", .integer(tick)), .init("seed", .integer(Int64(seed)))]
    }
    return fields
  }

  package func apply(_ record: inout TraceRecord) -> Bool {
    guard var arrival = record.arrival else { return true }
    if tick > 0 {
      var stream = RandomStream(
        seed: seed, .arrivals, index: UInt64(bitPattern: record.id))
      arrival += Int64(stream.uniform() * Double(tick)) * 1000
    }
    guard rate != 1 else {
      record.arrival = arrival
      return true
    }
    // What no column can hold is refused by whoever hands the record on.
    record.arrival = Int64(min(max((Double(arrival) / rate).rounded(), -9e18), 9e18))
    return true
  }

  package func apply(_ header: inout TraceHeader) {
    if rate != 1 {
      header["time", "rescaled"] = .decimal((header["time", "rescaled"]?.double ?? 1) / rate)
    }
    if tick > 0 { header["time", "quantised_tick_us"] = nil }
  }
}

/// Keeps a share of the sessions, whole ones, or of the requests where there are none; or one of
/// each that are alike.
package final class SampleTransform: RecordTransform {
  private let fraction: Double
  private let seed: UInt64
  private let leftOut: Set<String>

  package init(fraction: Double, seed: UInt64, leavingOut sessions: Set<String> = []) {
    self.fraction = fraction
    self.seed = seed
    leftOut = sessions
  }

  package var name: String { "sample" }

  package var arguments: [JSON.Field] {
    var fields: [JSON.Field] = []
    if fraction < 1 {
      fields += [.init("fraction", .decimal(fraction)), .init("seed", .integer(Int64(seed)))]
    }
    if !leftOut.isEmpty { fields.append(.init("copies", .integer(Int64(leftOut.count)))) }
    return fields
  }

  package func apply(_ record: inout TraceRecord) -> Bool {
    guard let session = record.session else {
      return isDrawn(UInt64(bitPattern: record.id))
    }
    return keeps(session)
  }

  package func apply(_ session: inout TraceSession) -> Bool { keeps(session.id) }

  private func keeps(_ session: String) -> Bool {
    guard !leftOut.contains(session) else { return false }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in session.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return isDrawn(hash)
  }

  private func isDrawn(_ index: UInt64) -> Bool {
    guard fraction < 1 else { return true }
    var stream = RandomStream(seed: seed, .groups, index: index)
    return stream.uniform() < fraction
  }

  package func apply(_ header: inout TraceHeader) {
    if fraction < 1 {
      header["sampling", "fraction"] = .decimal(
        (header["sampling", "fraction"]?.double ?? 1) * fraction)
    }
  }

  /// The sessions of a trace that are copies of others.
  package static func copies(
    path: String, options: TraceReadOptions
  ) throws(FileProblems) -> Set<String> {
    let checks = RowChecks()
    _ = try TraceTable.read(path: path, options: options, observers: [checks])
    return Set(checks.copies.map(\.copy))
  }
}

/// Takes out who asked what: names become numbers, and what has no column of its own goes.
package final class AnonymiseTransform: RecordTransform {
  private static let names: [TraceField] = [
    .sessionID, .agentID, .tenantID, .userID, .adapter, .app, .region,
  ]
  private var numbers: [TraceField: Names] = [:]
  private var blocks: [Int64: Int64] = [:]
  private let keepsDate: Bool

  package init(keepsDate: Bool = false) { self.keepsDate = keepsDate }

  package var name: String { "anonymise" }
  package var arguments: [JSON.Field] { [.init("keeps_date", .bool(keepsDate))] }

  package func apply(_ record: inout TraceRecord) -> Bool {
    for field in Self.names {
      guard let name = record[text: field] else { continue }
      record[text: field] = String(number(of: name, field))
    }
    for field in [TraceField.extra, .errorType, .segments] { record.remove(field) }
    record.events = []
    record.inputIDs = []
    record.outputIDs = []
    if record.has(.prefixIDs) { record.prefixIDs = record.prefixIDs.map { block($0) } }
    return true
  }

  package func apply(_ session: inout TraceSession) -> Bool {
    session.id = String(number(of: session.id, .sessionID))
    session.tenant = session.tenant.map { String(number(of: $0, .tenantID)) }
    session.app = session.app.map { String(number(of: $0, .app)) }
    session.extra = nil
    return true
  }

  private func number(of name: String, _ field: TraceField) -> Int32 {
    numbers[field, default: Names()].number(of: name)
  }

  private func block(_ id: Int64) -> Int64 {
    if let number = blocks[id] { return number }
    let number = Int64(blocks.count)
    blocks[id] = number
    return number
  }

  package func apply(_ header: inout TraceHeader) {
    for key in ["source", "collection", "description", "title"] { header[key] = nil }
    if !keepsDate {
      header["time", "origin"] = nil
      header["time", "zone"] = nil
    }
  }
}
