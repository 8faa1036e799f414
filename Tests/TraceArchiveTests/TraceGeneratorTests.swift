import Foundation
import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

private func generated(
  _ profile: TraceProfile, requests: Int, seed: UInt64 = 1, capacities: [Int] = []
) throws -> (table: TraceTable, statistics: TraceStatistics) {
  let reuse = PrefixReuse(capacities: capacities)
  let carry = ContextCarry()
  let table = TraceTable(observers: [reuse, carry])
  _ = try TraceGenerator(profile, seed: seed, length: .requests(requests)).generate(into: table)
  return (table, TraceStatistics(table, reuse: reuse, carry: carry))
}

@Test(arguments: Profiles.all.map(\.name))
func `what a profile generates passes its checks and is the same again`(name: String) throws {
  let folder = try TemporaryFolder()
  let profile = try Profiles.find(name)
  let generator = TraceGenerator(profile, seed: 7, length: .requests(300))
  for place in ["a", "b"] { _ = try generator.write(to: "\(folder.path)/\(place)") }
  let requests = try ["a", "b"].map {
    try Data(contentsOf: URL(filePath: "\(folder.path)/\($0)/requests.csv.gz"))
  }
  #expect(requests[0] == requests[1])
  let validation = TraceValidation.run(
    path: folder.path + "/a", options: TraceReadOptions())
  let errors = validation.findings.filter { $0.severity == .error }
  #expect(errors == [] && validation.requests >= 300)
}

@Test func `a profile's file says the same as the profile`() throws {
  let folder = try TemporaryFolder()
  for profile in Profiles.all {
    try profile.write(to: folder.path + "/p.json")
    #expect(try TraceProfile.read(path: folder.path + "/p.json") == profile)
  }
}

@Test func `a profile that cannot be used is told with all its faults`() throws {
  let folder = try TemporaryFolder()
  let path = try folder.file(
    "p.json",
    #"{"profile_version":1,"rate_rps":-1,"clients":[{"input_tokens":{"lognormal":[1]}}]}"#)
  let problems = #expect(throws: FileProblems.self) { try TraceProfile.read(path: path) }
  #expect(problems?.count == 3, "\(String(describing: problems))")
}

@Test func `the coding profile has contexts that grow, tools and sub-agents`() throws {
  let (table, found) = try generated(try Profiles.find("agentic-coding"), requests: 600)
  let sessions = try #require(found.sessions)
  #expect((10.0...200).contains(sessions.turns.mean), "\(sessions.turns.mean)")
  #expect((sessions.carriedShare ?? 0) > 0.93)
  #expect((sessions.resetShare ?? 1) < 0.06)
  #expect(table.agentNames.count > 0)
}

@Test func `the day's curve and the week's are followed`() throws {
  var profile = try Profiles.find("azure-code")
  profile.rate = 0.03
  let table = TraceTable()
  _ = try TraceGenerator(profile, seed: 3, length: .seconds(14 * 86_400)).generate(into: table)
  let hours = try #require(ArrivalStatistics(table)?.hours)
  let distance = zip(hours, profile.hours).map { hour, wanted in
    abs(hour - wanted * 24 / profile.hours.reduce(0, +))
  }
  #expect((distance.max() ?? 1) < 0.4, "\(distance)")
}

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct FitTests {
  private func compare(
    _ name: String
  ) throws -> (
    source: TraceStatistics, copy: TraceStatistics, tables: (source: TraceTable, copy: TraceTable)
  ) {
    let path = SharedData.path("traces/\(name)")
    let options = TraceReadOptions()
    let capacities = [3000, 30_000]
    let reuse = PrefixReuse(capacities: capacities)
    let carry = ContextCarry()
    let source = try TraceTable.read(path: path, options: options, observers: [reuse, carry]).table
    let profile = try TraceFit.profile(path: path, options: options)
    let copy = try generated(
      profile, requests: source.count, capacities: capacities)
    return (
      TraceStatistics(source, reuse: reuse, carry: carry), copy.statistics, (source, copy.table)
    )
  }

  private func distance(
    _ tables: (source: TraceTable, copy: TraceTable), _ field: TraceField
  ) -> Double {
    largestDistance(
      tables.source.values(field).filter { $0 > 0 }, tables.copy.values(field))
  }

  @Test func `a fit to Azure's conversations has their lengths and gaps`() throws {
    let (source, copy, tables) = try compare("azure/AzureLLMInferenceTrace_conv.csv.gz")
    #expect(distance(tables, .inputTokens) < 0.03)
    #expect(distance(tables, .outputTokens) < 0.03)
    let ratio = (copy.arrivals?.gapVariation ?? 0) / (source.arrivals?.gapVariation ?? 1)
    #expect((0.9...1.1).contains(ratio), "\(ratio)")
    let local = (copy.arrivals?.localVariation ?? 0) / (source.arrivals?.localVariation ?? 1)
    #expect((0.9...1.1).contains(local), "\(local)")
    let rate = (copy.arrivals?.rate ?? 0) / (source.arrivals?.rate ?? 1)
    #expect((0.9...1.1).contains(rate), "\(rate)")
  }

  @Test func `a fit to Mooncake's conversations has their reuse`() throws {
    let (source, copy, tables) = try compare("mooncake/conversation_trace.jsonl.gz")
    #expect(distance(tables, .inputTokens) < 0.03)
    #expect(distance(tables, .outputTokens) < 0.03)
    let reuse = try (#require(source.reuse), #require(copy.reuse))
    let difference = (reuse.0.tokenShare ?? 0) - (reuse.1.tokenShare ?? 1)
    #expect(abs(difference) < 0.04, "\(difference)")
    for (a, b) in zip(reuse.0.bounded, reuse.1.bounded) {
      #expect(abs(a.tokenShare - b.tokenShare) < 0.08, "\(a) \(b)")
    }
  }

  @Test func `a fit to sessions that wait has their turns and growth`() throws {
    let (source, copy, tables) = try compare("weka_agentic/originals")
    let turns = try (#require(source.sessions).turns, #require(copy.sessions).turns)
    #expect(abs(turns.0.mean - turns.1.mean) < 0.35 * turns.0.mean, "\(turns)")
    #expect(distance(tables, .outputTokens) < 0.15)
  }
}
