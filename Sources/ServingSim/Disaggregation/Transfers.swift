import SimKernel

/// KV entries on their way between replicas, or from a tier to a replica.
///
/// Each link is shared equally by all that leaves by it, and by all that comes by it; a transfer goes at
/// the lesser of its two shares. A request has one at most.
struct Transfers {
  private var transfers: [Int32: Transfer] = [:]
  /// By link, the requests whose KV entries leave by it, and come by it.
  private var leaving: [Link.Place: [Int32]] = [:]
  private var coming: [Link.Place: [Int32]] = [:]

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

  /// One way.
  struct Link {
    var place: Place
    /// Bytes a second.
    var bandwidth: Int64

    enum Place: Hashable {
      /// Between a replica and others.
      case replica(Int)
      /// Between a replica's host and its accelerators.
      case host(Int)
      /// Between a replica's host and its secondary tier of this number.
      case tier(Int, Int)
      /// Between a store that replicas share and all of them.
      case store(Int)
    }
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
    leaving[from.place, default: []].append(number)
    coming[to.place, default: []].append(number)
    return shareAnew(from, to, at: now)
  }

  /// The transfer of request `number` is over, be it done or not.
  mutating func stop(_ number: Int32, at now: Instant) -> [Change] {
    guard let transfer = transfers.removeValue(forKey: number) else { return [] }
    leaving[transfer.from.place]?.removeAll { $0 == number }
    coming[transfer.to.place]?.removeAll { $0 == number }
    return shareAnew(transfer.from, transfer.to, at: now)
  }

  /// Shares anew what leaves by one link, and what comes by the other.
  private mutating func shareAnew(_ from: Link, _ to: Link, at now: Instant) -> [Change] {
    let touched = (leaving[from.place] ?? []) + (coming[to.place] ?? [])
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

  private func share(of link: Link, _ users: [Link.Place: [Int32]]) -> Int64 {
    max(1, link.bandwidth / Int64(users[link.place]?.count ?? 1))
  }
}
