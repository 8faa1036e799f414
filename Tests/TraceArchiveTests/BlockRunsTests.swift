import ServingTestSupport
import SimKernel
import Testing

@testable import TextAndBytes
@testable import TraceArchive

/// Prompts of few ids, so that runs touch, overlap and cut each other. With `forks` an id can follow
/// any other, as in traces that are wrong; without, the ids of each prompt are a path of a tree.
private func prompts(_ seed: UInt64, count: Int = 120, forks: Bool) -> [[Int64]] {
  var random = RandomStream(seed: seed, .tests)
  var prompts: [[Int64]] = []
  var next: Int64 = 0
  for _ in 0..<count {
    var ids: [Int64] = []
    if forks {
      for _ in 0..<random.integer(below: 5) {
        let first = Int64(random.integer(below: 40)) - 3
        ids += first..<first + Int64(1 + random.integer(below: 9))
      }
    } else {
      let before = prompts.isEmpty ? [] : prompts[random.integer(below: prompts.count)]
      ids = Array(before.prefix(random.integer(below: before.count + 4)))
      if random.integer(below: 3) > 0 {
        let added = Int64(1 + random.integer(below: 6))
        ids += next..<next + added
        next += added + Int64(random.integer(below: 2))
      }
    }
    prompts.append(ids)
  }
  return prompts
}

/// The least recently used block goes first: a list of blocks, the newest in front.
private struct NaiveCache {
  let capacity: Int
  var blocks: [Int64] = []

  mutating func use(_ ids: [Int64]) -> Int {
    let found = ids.prefix { blocks.contains($0) }.count
    for id in ids.reversed() {
      blocks.removeAll { $0 == id }
      blocks.insert(id, at: 0)
      if blocks.count > capacity { blocks.removeLast() }
    }
    return found
  }
}

@Test(arguments: 0..<40)
func `caches of every size find what each finds by itself`(seed: Int) {
  let capacities = [1, 2, 3, 5, 8, 13, 21, 34, 1000]
  var caches = capacities.map { NaiveCache(capacity: $0) }
  var uses: [Int64: Int] = [:]
  var recent = RecentBlocks()
  var found = capacities.map { _ in 0 }
  for ids in prompts(UInt64(seed), forks: seed % 2 == 0) {
    let leading = recent.leading(BlockRuns(ids), within: capacities, &found)
    recent.use(BlockRuns(ids))
    #expect(leading == ids.prefix { uses[$0] != nil }.count)
    for id in ids { uses[id, default: 0] += 1 }
    #expect(found == caches.indices.map { caches[$0].use(ids) })
    #expect(recent.distinct == uses.count)
    #expect(recent.usedOnce == uses.values.count { $0 == 1 })
  }
}

@Test(arguments: 0..<20)
func `runs of ids are the ids`(seed: Int) throws {
  let prompts = prompts(UInt64(seed), forks: seed % 2 == 0)
  for (ids, before) in zip(prompts.dropFirst(), prompts) {
    let runs = BlockRuns(ids)
    #expect(runs.ids == ids && runs.count == ids.count)
    #expect(zip(runs.runs, runs.runs.dropFirst()).allSatisfy { $0.last + 1 != $1.first })
    let shared = zip(ids, before).prefix { $0 == $1 }.count
    #expect(runs.sharedCount(with: BlockRuns(before)) == shared)
    for length in 0...ids.count + 1 {
      #expect(runs.prefix(length) == BlockRuns(Array(ids.prefix(length))))
      #expect(runs.dropFirst(length) == BlockRuns(Array(ids.dropFirst(length))))
    }
    // No id that the short form writes is negative in a trace.
    guard ids.allSatisfy({ $0 >= 0 }) else { continue }
    let text = PrefixRuns.text(runs, inherited: BlockRuns(before))
    var read = BlockRuns()
    #expect(
      PrefixRuns.append(text, inherited: BlockRuns(before), limit: 1000, to: &read) == nil)
    #expect(read == runs)
  }
  #expect(BlockRuns([.max, .min, .max]).ids == [.max, .min, .max])
}

@Test(arguments: 0..<20)
func `a map of runs holds what a map of ids holds`(seed: Int) {
  var random = RandomStream(seed: UInt64(seed), .tests)
  var map = RunMap<Int>()
  var naive: [Int64: Int] = [:]
  for step in 0..<600 {
    let first = Int64(random.integer(below: 4000))
    let run = BlockRuns.Run(first, first + Int64(random.integer(below: 30)))
    map.clear(run)
    for id in run.first...run.last { naive[id] = nil }
    guard random.integer(below: 4) > 0 else { continue }
    map.insert(RunMap.Entry(run.first, run.last, step))
    for id in run.first...run.last { naive[id] = step }
  }
  for id in Int64(-1)...4040 { #expect(map[id]?.value == naive[id]) }
  var walked: [Int64: Int] = [:]
  map.walk(BlockRuns.Run(-1, 4040)) { part, entry in
    for id in part.first...part.last { walked[id] = entry?.value }
    return true
  }
  #expect(walked == naive)
  #expect(map.count == map.entries.count)
  #expect(zip(map.entries, map.entries.dropFirst()).allSatisfy { $0.last < $1.first })
}

/// Rows with the ids of prompts as llm-trace has them.
private func files(_ prompts: [[Int64]], scope: String) -> [String: [UInt8]] {
  let header = """
    {"hashing": {"kind": "prefix_chain", "block_size": 4, "scope": "\(scope)", \
    "partial_block": "excluded"}}
    """
  var rows = "request_id,arrival_us,input_tokens,output_tokens,session_id,prefix_ids"
  for (row, ids) in prompts.enumerated() {
    let text = PrefixRuns.text(BlockRuns(ids), inherited: BlockRuns())
    rows += "\n\(row),\(row),\(ids.count * 4 + 1),1,s\(row % 3),\(text)"
  }
  return ["trace.json": Array(header.utf8), "requests.csv": Array(rows.utf8)]
}

@Test(arguments: 0..<20)
func `statistics and checks of runs are those of single ids`(seed: Int) throws {
  let isLocal = seed % 3 == 0
  let prompts = prompts(UInt64(seed), forks: seed % 2 == 0).map { $0.filter { $0 >= 0 } }
  let reuse = PrefixReuse(capacities: [7, 20])
  let checks = RowChecks()
  let table = try withFiles(files(prompts, scope: isLocal ? "session" : "global")) {
    try TraceTable.read(
      path: $0, options: TraceReadOptions(format: .llmTrace), observers: [reuse, checks]
    ).table
  }
  var caches = [NaiveCache(capacity: 7), NaiveCache(capacity: 20)]
  var used: Set<[Int64]> = []
  var before: [[Int64]: Int64] = [:]
  var hits = 0
  var bounded = [0, 0]
  var forks = 0
  for (row, ids) in prompts.enumerated() {
    let session = isLocal ? Int64(row % 3) : -1
    hits += ids.prefix { used.contains([session, $0]) }.count
    for index in caches.indices { bounded[index] += caches[index].use(ids) }
    var last: Int64 = -1
    for id in ids {
      used.insert([session, id])
      if let known = before[[session, id]], known != last { forks += 1 }
      if before[[session, id]] == nil { before[[session, id]] = last }
      last = id
    }
  }
  #expect(reuse.blocks == prompts.reduce(0) { $0 + $1.count } && reuse.hitBlocks == hits)
  #expect(reuse.distinctBlocks == used.count)
  #expect(reuse.bounded.map(\.hitTokens) == (isLocal ? [] : bounded.map { Double($0 * 4) }))
  let finding = checks.findings(table).first { $0.message.contains("follows another block") }
  let message = "\(forks) times an id follows another block than before"
  #expect(finding?.message == (forks > 0 ? message : nil))
}
