/// One run of a sweep: a point with one of the seeds.
package struct SweepRun: Sendable {
  package struct ID: Hashable, Sendable {
    package var point: Int
    package var seed: UInt64

    package init(point: Int, seed: UInt64) {
      self.point = point
      self.seed = seed
    }
  }

  package var id: ID
  /// What stands in the columns of its axes.
  var labels: [String]
  /// Of its plan.
  var hash: String
  /// nil: a run of the same plan is there, or is under way.
  var row: RunRow?
  /// The files that its plan names; empty where it could not be made.
  var files: [String]
}

/// A part of a sweep's runs that one machine makes: every `count`th, from the `number`th on.
package struct SweepShard: Hashable, Sendable {
  package var number: Int
  package var count: Int

  package static let whole = SweepShard(number: 1, count: 1)
  package static let most = 100_000

  package init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// `2/8`; nil: it is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      (1...Self.most).contains(count), (1...count).contains(number)
    else { return nil }
    self.init(number: number, count: count)
  }

  func holds(_ index: Int) -> Bool { index % count == number - 1 }
}

/// How far a sweep is.
package struct SweepProgress: Hashable, Sendable {
  /// Of this shard.
  package var total: Int
  /// Points whose plan had been run before, or is another point's.
  package var reused = 0
  package var run = 0
  package var refused = 0

  package var done: Int { reused + run + refused }
}
