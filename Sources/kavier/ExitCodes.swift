import TextAndBytes

/// What the program's exit codes mean (sysexits.h), for its help and its manual.
enum ExitCodes {
  static let all: [(code: Int32, meaning: String)] = [
    (0, "done"),
    (1, "a check was not passed"),
    (2, "a check could not tell"),
    (64, "wrong usage"),
    (Failure.badInput, "something wrong in a scenario or trace"),
    (Failure.missingInput, "an input file is missing"),
    (Failure.unavailable, "an address or a server cannot be had"),
    (OwnFault.exitCode, "a fault of the program itself"),
    (Failure.cannotCreate, "an output cannot be created"),
    (Failure.cannotWrite, "writing failed"),
    (Interrupt.exitCode, "stopped by Ctrl-C"),
  ]

  static let sentence =
    "Exit codes: " + all.map { "\($0.code) \($0.meaning)" }.joined(separator: ", ") + "."
}
