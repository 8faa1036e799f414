import ArgumentParser

/// How many runs are made at once.
struct JobOptions: ParsableArguments {
  @Option(
    name: [.customShort("j"), .long],
    help: ArgumentHelp("How many runs are made at once. Default: one a core.", valueName: "number"))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs: found \(jobs); expected a whole number from 1 to 1024")
    }
  }

  var count: Int { jobs ?? Machine.cores }
}
