import Scenarios
import ServingSim
import Testing
import TraceArchive

@Suite struct ConformanceTests {
  @Test func `debug conformance`() throws {
    let log = try EngineLog.read(directory: "/work/shared/data/engine")
    for run in log.runs {
      guard let server = RecordedServer.known.first(where: { $0.name == run.server }) else { continue }
      let result = Conformance(replaying: run.recorded(on: server))
      print("CONF", result.run, result.steps, result.identical, result.firstDifference ?? "")
    }
  }
}
