import SimKernel

/// KV entries on their way between replicas.
///
/// Each replica's link is shared equally by all that leaves it, and by all that comes to it; a transfer
/// goes at the lesser of its two shares.
struct Transfers {
  private var transfers: [Int32: Transfer] = [:]
  /// By replica, the requests whose KV entries leave it, and come to it.
  private var leaving: [Int: [Int32]] = [:]
  private var coming: [Int: [Int32]] = [:]

  /// KV entries of one request.
  private struct Transfer {
    var from: Link
    var to: Link
    /// What is left at `since`, in bytes times picoseconds a second.
    var left: Int128
    var since: Instant
    /// Bytes a second.
    var rate: Int64 = 0
    var end = Instant.max

    mutating func go(at rate: Int64, from now: Instant) {
      left -= Int128(self.rate) * Int128(now - since)
      since = now
      self.rate = rate
      let rest = max(0, left)
      end = now + Instant((rest + Int128(rate) - 1) / Int128(rate))
    }
  }

  /// A replica's, one way.
  struct Link {
    var replica: Int
    /// Bytes a second.
    var bandwidth: Int64
  }

  /// A transfer that ends at another time than was known.
  struct Change {
    var number: Int32
    var end: Instant
  }

  /// When the transfer of request `number` ends as things are; nil: there is none.
  func end(of number: Int) -> Instant? { transfers[Int32(number)]?.end }

  /// `bytes` of request `number` set out at `now`.
  mutating func start(
    _ number: Int32, bytes: Int64, from: Link, to: Link, at now: Instant
  ) -> [Change] {
    transfers[number] = Transfer(
      from: from, to: to, left: Int128(bytes) * 1_000_000_000_000, since: now)
    leaving[from.replica, default: []].append(number)
    coming[to.replica, default: []].append(number)
    return shareAnew(from, to, at: now)
  }

  /// The transfer of request `number` is over, be it done or not.
  mutating func stop(_ number: Int32, at now: Instant) -> [Change] {
    guard let transfer = transfers.removeValue(forKey: number) else { return [] }
    leaving[transfer.from.replica]?.removeAll { $0 == number }
    coming[transfer.to.replica]?.removeAll { $0 == number }
    return shareAnew(transfer.from, transfer.to, at: now)
  }

  /// Shares anew what leaves one replica, and what comes to the other.
  private mutating func shareAnew(_ from: Link, _ to: Link, at now: Instant) -> [Change] {
    let touched = (leaving[from.replica] ?? []) + (coming[to.replica] ?? [])
    return Set(touched).sorted().compactMap { number in
      guard let before = transfers[number] else { return nil }
      let rate = min(
        share(of: before.from, leaving), share(of: before.to, coming))
      guard rate != before.rate else { return nil }
      transfers[number]?.go(at: rate, from: now)
      guard let end = transfers[number]?.end, end != before.end else { return nil }
      return Change(number: number, end: end)
    }
  }

  private func share(of link: Link, _ users: [Int: [Int32]]) -> Int64 {
    max(1, link.bandwidth / Int64(users[link.replica]?.count ?? 1))
  }
}
