import ServingSim
import SimKernel

/// Whether answers go on in chains: in all, in none, or in some of a table that mixes conversations
/// with documents.
private struct AnswerKinds {
  private let all: Bool?

  init(_ random: inout RandomStream) { all = random.pick([true, false, nil, nil]) }

  func draw(_ random: inout RandomStream) -> Bool { all ?? random.pick([true, false]) }
}

/// Requests that begin with one of a few shared texts.
func groups(_ count: Int, _ prompts: [Int32], _ random: inout RandomStream) -> ContentTable {
  let groups = random.between(1, 3)
  var table = ContentTable()
  let kinds = AnswerKinds(&random)
  for _ in 0..<groups { table.addChain(answersExtend: kinds.draw(&random)) }
  for i in 0..<count {
    guard random.pick([true, true, true, false]) else {
      table.chainOfRequest.append(-1)
      continue
    }
    let group = random.integer(below: groups)
    guard random.pick([true, true, false]) else {
      table.chainOfRequest.append(Int32(group))
      continue
    }
    let offset = Int32(random.between(0, Int(prompts[i])))
    table.chainOfRequest.append(
      table.addChain(parent: Int32(group), offset: offset, answersExtend: kinds.draw(&random)))
  }
  return table
}

/// Texts that branch off one another anywhere.
func tree(_ count: Int, _ prompts: [Int32], _ random: inout RandomStream) -> ContentTable {
  var table = ContentTable()
  let kinds = AnswerKinds(&random)
  for i in 0..<count {
    let chains = table.parents.count
    if chains > 0, random.pick([true, false]) {
      table.chainOfRequest.append(Int32(random.integer(below: chains)))
      continue
    }
    let parent = chains == 0 || random.integer(below: 4) == 0 ? -1 : random.integer(below: chains)
    let least = parent < 0 ? 0 : Int(table.offsets[parent])
    let offset = parent < 0 ? 0 : Int32(least + random.between(0, Int(prompts[i])))
    table.chainOfRequest.append(
      table.addChain(
        parent: Int32(parent), offset: offset, answersExtend: kinds.draw(&random)))
  }
  return table
}

/// Has some conversations begin with one of a few shared documents, and some requests be about one
/// and belong to no conversation's text.
func addDocuments(_ workload: inout Workload, _ random: inout RandomStream) {
  guard let conversations = workload.content else { return }
  var table = ContentTable()
  let documents = Int32(random.between(1, 3))
  for _ in 0..<documents { table.addChain(answersExtend: false) }
  let shortest = Int(workload.promptTokens.min() ?? 0)
  for _ in 0..<conversations.chainCount {
    if random.pick([true, false]) {
      let document = Int32(random.integer(below: Int(documents)))
      let offset = Int32(random.between(0, shortest))
      table.addChain(parent: document, offset: offset, answersExtend: true)
    } else {
      table.addChain(answersExtend: true)
    }
  }
  table.chainOfRequest = conversations.chainOfRequest.map { chain in
    random.integer(below: 4) == 0
      ? Int32(random.integer(below: Int(documents))) : chain + documents
  }
  workload.content = table
}

/// Conversations whose next prompt is the last one, its answer and something new.
func makeSessions(
  _ sessions: Int, closed: Bool, _ workload: inout Workload, _ random: inout RandomStream
) {
  let count = workload.count
  var lengths = [Int32](repeating: 0, count: sessions)
  var last = [Int](repeating: -1, count: sessions)
  var table = ContentTable(
    chainOfRequest: [], answersExtend: true,
    parents: [Int32](repeating: -1, count: sessions),
    offsets: [Int32](repeating: 0, count: sessions))
  var waits = [Int32](repeating: 0, count: count)
  var followers = [[Int32]](repeating: [], count: count)
  for i in 0..<count {
    let session = random.integer(below: sessions)
    table.chainOfRequest.append(Int32(session))
    workload.promptTokens[i] += lengths[session]
    lengths[session] = workload.promptTokens[i] + workload.outputTokens[i]
    if closed, last[session] >= 0 {
      waits[i] = 1
      followers[last[session]].append(Int32(i))
      workload.arrivals[i] = .never
    }
    last[session] = i
  }
  workload.content = table
  workload.sessions = table.chainOfRequest
  guard closed else { return }
  var first: [Int32] = [0]
  for list in followers { first.append(first[first.count - 1] + Int32(list.count)) }
  let think = Int64(random.pick([0, 30_000_000]))
  workload.dependencies = Dependencies(
    waitsFor: waits, firstDependent: first, dependents: followers.flatMap { $0 },
    thinkTimes: waits.map { _ in SimDuration(picoseconds: think) })
}
