package import ServingSim
import TraceArchive
package import TextAndBytes

/// Checks the simulator's scheduling against an engine log.
package enum ConformanceCheck {
  /// Replays the runs of the log in `directory`, or only the one called `name`.
  package static func run(
    directory: String, only name: String? = nil
  ) throws(ConformanceProblem) -> [Conformance] {
    let log: EngineLog
    do throws(FileProblems) {
      log = try EngineLog.read(directory: directory)
    } catch {
      throw .log(error)
    }
    let runs = log.runs.filter { name == nil || $0.name == name }
    guard !runs.isEmpty else {
      throw .noSuchRun(name, known: log.runs.map(\.name))
    }
    let servers = try servers(in: directory)
    let missing = Set(runs.map(\.server)).subtracting(servers.map(\.name)).sorted()
    guard missing.isEmpty else { throw .noSettings(missing, known: servers.map(\.name)) }
    var results: [Conformance] = []
    for run in runs {
      guard let server = servers.first(where: { $0.name == run.server }) else { continue }
      do throws(FileProblems) {
        results.append(Conformance(replaying: try run.recorded(on: server)))
      } catch {
        throw .log(error)
      }
    }
    return results
  }

  private static func servers(
    in directory: String
  ) throws(ConformanceProblem) -> [RecordedServer] {
    do throws(ScenarioIssues) {
      return try RecordedServer.all(in: directory)
    } catch {
      throw .settings(error)
    }
  }
}

/// Why a log cannot be replayed.
package enum ConformanceProblem: Error, CustomStringConvertible {
  case log(FileProblems)
  case settings(ScenarioIssues)
  case noSuchRun(String?, known: [String])
  case noSettings([String], known: [String])

  package var description: String {
    switch self {
    case .log(let problems): problems.description
    case .settings(let issues): issues.description
    case .noSuchRun(let name?, let known):
      "no run \"\(name)\" with steps in the log\(Spelling.hint(for: name, of: known))"
        + "; it has \(known.joined(separator: ", "))"
    case .noSuchRun(nil, _): "no run of the log has both requests and steps"
    case .noSettings(let names, let known):
      "no settings for \(names.joined(separator: ", ")): name them in servers.yaml beside the "
        + "log; known are \(Set(known).sorted().joined(separator: ", "))"
    }
  }
}
