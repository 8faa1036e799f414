import SimKernel

/// One broken input: which files of a seed, and what they are changed to.
struct Input {
  var target: Target
  var seedNumber: Int
  /// Files that are not the seed's: one, and what was repaired because of it.
  private(set) var changed: [(name: String, bytes: [UInt8])] = []

  var seed: Target.Seed { target.seeds[seedNumber] }

  /// Input `number` of all that `seed` gives.
  init(_ number: Int, seed seedOfAll: UInt64, schedule: [Target]) {
    target = schedule[number % schedule.count]
    var random = RandomStream(seed: seedOfAll, .tests, index: UInt64(number))
    seedNumber = random.integer(below: target.seeds.count)
    let files = target.seeds[seedNumber].files
    // The first file is what the reader is named for.
    let fileNumber = random.integer(below: 2) == 0 ? 0 : random.integer(below: files.count)
    var mutation = Mutation(random: random)
    let others = target.seeds[random.integer(below: target.seeds.count)].files
    var broken = seed
    broken.files[fileNumber].bytes = mutation.mutated(
      files[fileNumber].bytes, others: others.map(\.bytes))
    if number % 8 > 0 { target.repair?(&broken) }
    changed = zip(files, broken.files).filter { $0.bytes != $1.bytes }.map(\.1)
  }

  /// Every target as often as its weight says.
  static func schedule(_ targets: [Target]) -> [Target] {
    let most = targets.map(\.weight).max() ?? 0
    return (0..<most).flatMap { round in targets.filter { $0.weight > round } }
  }
}
