import ArgumentParser
import TraceArchive

/// `kavier trace generate`.
struct GenerateTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Draw a trace from a profile.",
    discussion: "Profiles:\n\n"
      + Profiles.all.map { "\($0.name): \($0.summary)" }.joined(separator: "\n\n"))

  @Argument(
    help: "A profile's name, or a file that kavier trace fit wrote.", completion: .traceProfile)
  var profile: String

  @OptionGroup var output: TraceOutput

  @Option(help: "How many requests. A session that has begun is ended.")
  var requests: Int?

  @Option(help: ArgumentHelp("How many seconds of arrivals.", valueName: "seconds"))
  var duration: Double?

  @Option(help: "Sessions, or requests where there are none, a second in the mean.")
  var rate: Double?

  @Option(help: "Another seed draws another trace.")
  var seed: UInt64 = 1

  func validate() throws {
    guard requests == nil || duration == nil else {
      throw ValidationError("--requests and --duration cannot both be given")
    }
    guard requests ?? 1 > 0, duration ?? 1 > 0, duration ?? 1 < 1e9 else {
      throw ValidationError("--requests and --duration have to be above 0")
    }
    guard (1e-9...1e6).contains(rate ?? 1) else {
      throw ValidationError("--rate is from 0.000000001 to 1000000")
    }
  }

  func run() throws {
    try Failure.explained {
      var profile = try Profiles.find(self.profile)
      if let rate { profile.rate = rate }
      let length =
        duration.map { TraceGenerator.Length.seconds($0) } ?? .requests(requests ?? 10_000)
      let reading = try TraceGenerator(profile, seed: seed, length: length).write(
        to: output.out, encoding: output.encoding, replaces: output.replace)
      try StandardStream.out.write(TraceSummary.text(reading, directory: output.out))
    }
  }
}

/// `kavier trace fit`.
struct FitTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Make a profile of a trace, to generate more like it.")

  @OptionGroup var input: TraceInput

  @Option(help: "The file to write.", completion: .file())
  var out: String

  func run() throws {
    try Failure.explained {
      let profile = try TraceFit.profile(path: input.trace, options: input.options())
      try profile.write(to: out)
      try StandardStream.out.write("\(out)\nProfile  \(profile.name): \(profile.summary)\n")
    }
  }
}
