import ArgumentParser
import KavierOriginal
import OpenDC
import Report
import Scenarios
import TextAndBytes

/// An error that is the user's to mend: what they read, and the exit code (sysexits.h).
protocol UserError: Error, CustomStringConvertible {
  var exitCode: Int32 { get }
}

extension UserError {
  var exitCode: Int32 { Failure.badInput }
}

enum Failure {
  static let badInput: Int32 = 65
  static let missingInput: Int32 = 66
  /// An address, a server or a program that the command needs, that cannot be had.
  static let unavailable: Int32 = 69
  static let cannotCreate: Int32 = 73
  static let cannotWrite: Int32 = 74

  /// Runs a command; an error that is the user's to mend is explained on standard error.
  static func explained<Result>(_ command: () throws -> Result) throws -> Result {
    do {
      return try command()
    } catch let error as any UserError {
      StandardStream.problem(error.description)
      throw ExitCode(error.exitCode)
    }
  }
}

extension ConformanceProblem: UserError {}
extension OpenDCProblem: UserError {}
extension OriginalProblems: UserError {}
extension TimelineMismatch: UserError {}

extension ScenarioIssues: UserError {
  var exitCode: Int32 { isMissingFile ? Failure.missingInput : Failure.badInput }
}

extension FileProblems: UserError {
  var exitCode: Int32 {
    switch output {
    case nil: isMissingFile ? Failure.missingInput : Failure.badInput
    case .create: Failure.cannotCreate
    case .write: Failure.cannotWrite
    case .fetch: Failure.unavailable
    }
  }
}
