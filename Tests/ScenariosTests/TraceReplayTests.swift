import ServingModel
import Scenarios
import ServingSim
import SimKernel
import Testing
import TraceArchive
import TextAndBytes

private let plain = """
  request_id,arrival_us,input_tokens,output_tokens,priority
  0,1000000,10,1,5
  1,2000000,20,2,
  2,4000000,30,3,-7
  3,4000000,40,4,
  """

private let conversation = """
  request_id,arrival_us,input_tokens,output_tokens,session_id,think_us
  0,0,100,10,a,
  1,1000000,50,5,b,
  2,2000000,130,10,a,500000
  3,3000000,60,5,b,
  4,9000000,20,1,a,0
  """

private func seconds(_ arrivals: [SimTime]) -> [Double?] {
  arrivals.map { $0 == .never ? nil : $0.seconds }
}

private func dependents(_ table: Dependencies) -> [[Int32]] {
  (0..<table.waitsFor.count).map { request in
    Array(
      table.dependents[
        Int(table.firstDependent[request])..<Int(table.firstDependent[request + 1])])
  }
}

@Test func `tenants, classes and deadlines come from the trace`() throws {
  let workload = try TraceReplay().workload(
    of: scratchTrace(
      """
      request_id,arrival_us,input_tokens,output_tokens,tenant_id,slo_class,deadline_us
      0,0,10,10,b,batch,5000000
      1,1000,10,0,c,,
      2,2000,10,10,a,,
      3,3000,10,10,b,critical,
      """))
  #expect(workload.traits[.tenant] == RequestLabels(names: ["b", "c", "a"], ofRequest: [0, 2, 0]))
  #expect(
    workload.traits[.serviceClass]
      == RequestLabels(names: ["batch", "critical"], ofRequest: [0, -1, 1]))
  #expect(workload.deadlines == [.second * 5, .longest, .longest])
}

@Test func `a trace without tenants, classes and deadlines has none`() throws {
  let workload = try TraceReplay().workload(of: scratchTrace(plain))
  #expect(
    workload.traits[.tenant] == nil && workload.traits[.serviceClass] == nil
      && workload.deadlines == nil)
}

@Test func `a replay keeps arrivals and counts and turns priorities round`() throws {
  let workload = try TraceReplay().workload(of: scratchTrace(plain))
  #expect(seconds(workload.arrivals) == [0, 1, 3, 3])
  #expect(workload.promptTokens == [10, 20, 30, 40])
  #expect(workload.outputTokens == [1, 2, 3, 4])
  #expect(workload.priorities == [-5, 0, 7, 0])
  #expect(workload.content == nil && workload.dependencies == nil && workload.closedLoop == nil)
  #expect(workload.sessions == nil)
}

@Test func `a rate scale divides arrivals`() throws {
  var replay = TraceReplay()
  replay.rateScale = 2
  #expect(seconds(try replay.workload(of: scratchTrace(plain)).arrivals) == [0, 0.5, 1.5, 1.5])
}

@Test func `a window and a limit choose rows, and the window's start is the start`() throws {
  var replay = TraceReplay()
  replay.from = SimTime(seconds: 0.5)
  replay.to = SimTime(seconds: 3)
  let second = try replay.workload(of: scratchTrace(plain))
  #expect(second.promptTokens == [20] && seconds(second.arrivals) == [0.5])
  replay.to = nil
  replay.limit = 2
  #expect(try replay.workload(of: scratchTrace(plain)).promptTokens == [20, 30])
  replay.from = SimTime(seconds: 100)
  let error = #expect(throws: FileProblems.self) { try replay.workload(of: scratchTrace(plain)) }
  #expect(
    error?.problems.first?.message == "the window holds no row; rows arrive from 0 s to 3.0 s")
}

@Test func `a trace that outlasts the clock is refused`() throws {
  var replay = TraceReplay()
  replay.rateScale = 1e-8
  #expect(throws: FileProblems.self) { try replay.workload(of: scratchTrace(plain)) }
}

@Test func `recorded sessions keep their arrivals and extend their chains`() throws {
  let workload = try TraceReplay().workload(of: scratchTrace(conversation))
  #expect(seconds(workload.arrivals) == [0, 1, 2, 3, 9])
  #expect(workload.dependencies == nil)
  #expect(workload.sessions == [0, 1, 0, 1, 0])
  let content = try #require(workload.content)
  #expect(!content.answersExtend.contains(false))
  // The last prompt of session a is shorter than what came before: a new context.
  #expect(content.chainOfRequest == [0, 1, 0, 1, 2])
  #expect(content.parents == [-1, -1, -1] && content.offsets == [0, 0, 0])
}

@Test func `in closed sessions later turns wait for the turn before and a think time`() throws {
  var replay = TraceReplay()
  replay.sessions = .closed
  replay.thinkTime = .second
  let workload = try replay.workload(of: scratchTrace(conversation))
  #expect(seconds(workload.arrivals) == [0, 1, nil, nil, nil])
  let table = try #require(workload.dependencies)
  #expect(table.waitsFor == [0, 0, 1, 1, 1])
  #expect(dependents(table) == [[2], [3], [4], [], []])
  #expect(table.thinkTimes[2] == SimDuration(seconds: 0.5))
  #expect(table.thinkTimes[3] == .second)
  #expect(table.thinkTimes[4] == .zero)
  #expect(workload.closedLoop == nil)
}

@Test func `a turn whose predecessor is outside the window keeps its arrival`() throws {
  var replay = TraceReplay()
  replay.sessions = .closed
  replay.from = SimTime(seconds: 1)
  let workload = try replay.workload(of: scratchTrace(conversation))
  #expect(seconds(workload.arrivals) == [0, 1, nil, nil])
  #expect(try #require(workload.dependencies).waitsFor == [0, 0, 1, 1])
}

@Test func `rows without arrival wait for what they name, else for a client`() throws {
  var replay = TraceReplay()
  replay.concurrency = 3
  let rows = """
    request_id,arrival_us,input_tokens,output_tokens,parent_id,depends_on
    0,0,10,1,,
    1,,20,1,0,
    2,,21,1,0,
    3,,60,1,0,1;2
    4,,5,1,,
    """
  let workload = try replay.workload(of: scratchTrace(rows))
  #expect(seconds(workload.arrivals) == [0, nil, nil, nil, nil])
  let table = try #require(workload.dependencies)
  #expect(table.waitsFor == [0, 1, 1, 2, 0])
  #expect(dependents(table) == [[1, 2], [3], [3], [], []])
  #expect(workload.closedLoop == ClosedLoop(concurrency: 3))
  // Three rows go on from row 0: the first on its chain, the others as branches of it.
  let content = try #require(workload.content)
  #expect(content.chainOfRequest == [0, 0, 1, 2, 3])
  #expect(content.parents == [-1, 0, 0, -1] && content.offsets == [0, 11, 11, 0])
  // Row 0 is outside the window, so nothing of what waits for it can be sent.
  replay.from = SimTime(seconds: 1)
  #expect(throws: FileProblems.self) { try replay.workload(of: scratchTrace(rows)) }
}

@Test func `blocks that follow a chain's last one go on in it, others branch off`() throws {
  let rows = """
    request_id,arrival_us,input_tokens,output_tokens,prefix_ids
    0,0,8,1,1;2
    1,1,12,1,1;2;3
    2,2,11,1,1;2;4
    3,3,4,1,1
    4,4,12,1,1;9;10
    5,5,4,1,77
    6,6,3,1,
    7,7,12,1,1;2;3
    """
  let hashing =
    #"{"kind": "prefix_chain", "block_size": 4, "scope": "global", "partial_block": "included"}"#
  let workload = try TraceReplay().workload(of: scratchTrace(rows, hashing: hashing))
  let content = try #require(workload.content)
  #expect(!content.answersExtend.contains(true))
  #expect(content.chainOfRequest == [0, 0, 1, 0, 2, 3, -1, 0])
  #expect(content.parents == [-1, 0, 0, -1])
  #expect(content.offsets == [0, 8, 4, 0])
}

@Test func `text behind the last full block belongs to its row alone`() throws {
  let rows = """
    request_id,arrival_us,input_tokens,output_tokens,prefix_ids
    0,0,10,1,1;2
    1,1,8,1,1;2
    2,2,13,1,1;2;3
    """
  let hashing = #"{"kind": "prefix_chain", "block_size": 4, "partial_block": "excluded"}"#
  let workload = try TraceReplay().workload(of: scratchTrace(rows, hashing: hashing))
  let content = try #require(workload.content)
  #expect(content.chainOfRequest == [1, 0, 2])
  #expect(content.parents == [-1, 0, 0] && content.offsets == [0, 8, 12])
}

@Test func `ids of session scope mean other blocks in other sessions`() throws {
  let rows = """
    request_id,arrival_us,input_tokens,output_tokens,session_id,prefix_ids
    0,0,8,1,a,1;2
    1,1,8,1,b,2;1
    2,2,8,1,a,1;2
    """
  let hashing = #"{"kind": "prefix_chain", "block_size": 4, "scope": "session"}"#
  let workload = try TraceReplay().workload(of: scratchTrace(rows, hashing: hashing))
  #expect(try #require(workload.content).chainOfRequest == [0, 1, 0])
}

@Test func `far ids are told apart like near ones`() throws {
  let rows = """
    request_id,arrival_us,input_tokens,output_tokens,prefix_ids
    0,0,8,1,900000000000000000;-900000000000000000
    1,1,8,1,900000000000000000;5
    """
  let hashing = #"{"kind": "prefix_chain", "block_size": 4}"#
  let content = try #require(
    try TraceReplay().workload(of: scratchTrace(rows, hashing: hashing)).content)
  #expect(content.chainOfRequest == [0, 1] && content.offsets == [0, 4])
}

@Test func `an id behind two different blocks is refused`() throws {
  let rows = """
    request_id,arrival_us,input_tokens,output_tokens,prefix_ids
    0,0,8,1,1;2
    1,1,8,1,3;2
    """
  let hashing = #"{"kind": "prefix_chain", "block_size": 4}"#
  let error = #expect(throws: FileProblems.self) {
    try TraceReplay().workload(of: scratchTrace(rows, hashing: hashing))
  }
  #expect(
    error?.problems.first?.message.hasPrefix(
      "row 1: block id 2 follows another block here than in a row above") == true)
}

@Test func `tenants and classes of service go with their requests`() throws {
  let rows = """
    request_id,arrival_us,input_tokens,output_tokens,tenant_id,slo_class
    0,0,8,1,b,batch
    1,1,8,0,gone,critical
    2,2,8,1,,standard
    3,3,8,1,b,
    """
  let workload = try TraceReplay().workload(of: scratchTrace(rows))
  let tenants = try #require(workload.traits[.tenant])
  #expect(tenants.ofRequest.map { $0 < 0 ? "-" : tenants.names[Int($0)] } == ["b", "-", "b"])
  let classes = try #require(workload.traits[.serviceClass])
  #expect(
    classes.ofRequest.map { $0 < 0 ? "-" : classes.names[Int($0)] } == ["batch", "standard", "-"])
}

@Test func `a trace that names no tenants has no labels`() throws {
  let workload = try TraceReplay().workload(of: scratchTrace(plain))
  #expect(workload.traits[.tenant] == nil && workload.traits[.serviceClass] == nil)
}
