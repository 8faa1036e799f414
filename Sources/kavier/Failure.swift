import ArgumentParser
import KavierOriginal
import OpenDC
import Report
import Scenarios
import TraceArchive

/// Errors -> what the user reads and the exit code (sysexits.h).
enum Failure {
  static let badInput: Int32 = 65
  static let missingInput: Int32 = 66
  /// An address, a server or a program that the command needs, that cannot be had.
  static let unavailable: Int32 = 69

  /// Runs a command; an error that is the user's to mend is explained on standard error.
  static func explained<Result>(_ command: () throws -> Result) throws -> Result {
    do {
      return try command()
    } catch let issues as ScenarioIssues {
      StandardStream.problem(issues.description)
      throw ExitCode(issues.isMissingFile ? missingInput : badInput)
    } catch let problems as TraceProblems {
      StandardStream.problem(problems.description)
      switch problems.output {
      case nil: throw ExitCode(badInput)
      case .create: throw ExitCode(73)
      case .write: throw ExitCode(74)
      }
    } catch let problems as OriginalProblems {
      StandardStream.problem(problems.description)
      throw ExitCode(badInput)
    } catch let problem as ConformanceProblem {
      StandardStream.problem(problem.description)
      throw ExitCode(badInput)
    } catch let error as RunDirectoryError {
      StandardStream.problem(error.description)
      throw ExitCode(error.exitCode)
    } catch let problem as OpenDCProblem {
      StandardStream.problem(problem.description)
      throw ExitCode(badInput)
    } catch let problem as TimelineMismatch {
      StandardStream.problem(problem.description)
      throw ExitCode(badInput)
    } catch let problem as NothingToDraw {
      StandardStream.problem(problem.description)
      throw ExitCode(badInput)
    } catch let problem as RasterizerError {
      StandardStream.problem(problem.description)
      throw ExitCode(unavailable)
    } catch let error as OutputError {
      StandardStream.problem(error.description)
      throw ExitCode(error.exitCode)
    }
  }
}
