import SimKernel

/// One broken input: which files of a seed, and which of them is changed to what.
struct Input {
  var target: Target
  var seedNumber: Int
  var fileNumber: Int
  var bytes: [UInt8]

  var seed: Target.Seed { target.seeds[seedNumber] }

  /// Input `number` of all that `seed` gives.
  init(_ number: Int, seed: UInt64, schedule: [Target]) {
    target = schedule[number % schedule.count]
    var random = RandomStream(seed: seed, .tests, index: UInt64(number))
    seedNumber = random.integer(below: target.seeds.count)
    let files = target.seeds[seedNumber].files
    // The first file is what the reader is named for.
    fileNumber = random.integer(below: 2) == 0 ? 0 : random.integer(below: files.count)
    var mutation = Mutation(random: random)
    let others = target.seeds[random.integer(below: target.seeds.count)].files
    bytes = mutation.mutated(files[fileNumber].bytes, others: others.map(\.bytes))
    if fileNumber == 0 { target.repair?(&bytes) }
  }

  /// Every target as often as its weight says.
  static func schedule(_ targets: [Target]) -> [Target] {
    let most = targets.map(\.weight).max() ?? 0
    return (0..<most).flatMap { round in targets.filter { $0.weight > round } }
  }
}
