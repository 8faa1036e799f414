import ArgumentParser
import TraceArchive

/// Where a command that changes a trace writes it.
struct TraceOutput: ParsableArguments {
  @Option(
    help: ArgumentHelp("The directory to write.", valueName: "directory"), completion: .directory)
  var out: String

  @Option(help: "How requests are written.")
  var encoding: LLMTraceWriter.Encoding = .csv

  @Flag(help: "Replace a trace that is there.")
  var replace = false

  func run(_ transform: any RecordTransform, on input: TraceInput, sort: Bool = false) throws {
    try Failure.explained {
      let reading = try TraceImport.run(
        path: input.trace, options: input.options(sort: sort), applying: transform, to: out,
        encoding: encoding, replaces: replace)
      try StandardStream.out.write(TraceSummary.text(reading, directory: out))
    }
  }
}

/// `kavier trace slice`.
struct SliceTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slice", abstract: "Keep a window of time, or the first requests.")

  @OptionGroup var input: TraceInput
  @OptionGroup var output: TraceOutput

  @Option(help: ArgumentHelp("Seconds from the trace's origin.", valueName: "seconds"))
  var start: Double?

  @Option(help: ArgumentHelp("Seconds from the trace's origin.", valueName: "seconds"))
  var end: Double?

  @Option(help: ArgumentHelp("At most so many requests.", valueName: "count"))
  var limit: Int?

  func validate() throws {
    let isOrdered = (start ?? -.infinity) < (end ?? .infinity)
    let seconds = [start, end].compactMap { $0 }
    guard isOrdered, limit ?? 1 > 0, seconds.allSatisfy({ abs($0) < 1e12 }) else {
      throw ValidationError("--start has to be before --end, and --limit at least 1")
    }
  }

  func run() throws {
    try output.run(
      SliceTransform(
        from: start.map { Int64($0 * 1e6) }, to: end.map { Int64($0 * 1e6) }, limit: limit),
      on: input)
  }
}

/// `kavier trace scale`.
struct ScaleTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale", abstract: "Make arrivals faster or slower, or spread a coarse clock's.")

  @OptionGroup var input: TraceInput
  @OptionGroup var output: TraceOutput

  @Option(help: "Arrivals come this many times as fast.")
  var rate = 1.0

  @Option(
    help: ArgumentHelp(
      "Spread each request evenly over so many seconds after its time.", valueName: "seconds"))
  var spread = 0.0

  @Option(help: "For --spread.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (1e-6...1e6).contains(rate), (0...1e6).contains(spread) else {
      throw ValidationError("--rate is from 0.000001 to 1000000, --spread from 0 to 1000000")
    }
  }

  func run() throws {
    try output.run(
      ScaleTransform(rate: rate, spreading: Int64(spread * 1e6), seed: seed), on: input,
      sort: spread > 0)
  }
}

/// `kavier trace sample`.
struct SampleTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Keep a share of the sessions, or one of those alike.")

  @OptionGroup var input: TraceInput
  @OptionGroup var output: TraceOutput

  @Option(help: "The share to keep, above 0 and at most 1.")
  var fraction = 1.0

  @Option(help: "Draws other sessions.")
  var seed: UInt64 = 1

  @Flag(help: "Leave out sessions that are copies of others.")
  var uniqueSessions = false

  func validate() throws {
    guard fraction > 0, fraction <= 1 else {
      throw ValidationError("--fraction \(fraction): expected a share above 0 and at most 1")
    }
  }

  func run() throws {
    try Failure.explained {
      let copies =
        uniqueSessions
        ? try SampleTransform.copies(path: input.trace, options: input.options()) : []
      try output.run(
        SampleTransform(fraction: fraction, seed: seed, leavingOut: copies), on: input)
    }
  }
}

/// `kavier trace anonymise`.
struct AnonymiseTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "anonymise",
    abstract: "Replace names by numbers and drop what may tell who asked what.",
    discussion: """
      Sessions, tenants, users, adapters, applications and block ids become numbers; extra, \
      segments, errors, events, token ids, the source and the date go. Lengths and times stay: \
      who knows some of a user's can still find the user.
      """)

  @OptionGroup var input: TraceInput
  @OptionGroup var output: TraceOutput

  @Flag(help: "Keep the date of arrival 0.")
  var keepDate = false

  func run() throws { try output.run(AnonymiseTransform(keepsDate: keepDate), on: input) }
}

/// `kavier trace merge`.
struct MergeTraces: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Put traces that start together into one.")

  @Argument(help: "The traces.", completion: .file())
  var traces: [String]

  @OptionGroup var output: TraceOutput

  func validate() throws {
    guard traces.count > 1 else { throw ValidationError("at least two traces are needed") }
  }

  func run() throws {
    try Failure.explained {
      let reading = try TraceMerge.run(
        paths: traces, options: TraceReadOptions(), to: output.out, encoding: output.encoding,
        replaces: output.replace)
      try StandardStream.out.write(TraceSummary.text(reading, directory: output.out))
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}

/// `kavier trace export`.
struct ExportTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a trace in another format.",
    discussion: ExportFormat.allCases.map { "\($0.rawValue): \($0.summary)" }
      .joined(separator: "\n\n"))

  @OptionGroup var input: TraceInput

  @Option(name: .customLong("to"), help: "The format.")
  var format: ExportFormat

  @Option(
    help: "The file to write (.gz: compressed); for wta a directory.", completion: .file())
  var out: String

  @Flag(help: "Put rows in order of arrival.")
  var sort = false

  func run() throws {
    try Failure.explained {
      let result = try TraceExport.run(
        path: input.trace, options: input.options(sort: sort), as: format, to: out)
      var text = "\(out)\nRows     \(result.reading.rowsWritten) written\n"
      if !result.lost.isEmpty {
        text += "Left out \(result.lost.joined(separator: ", ")): \(format.rawValue) has no place\n"
      }
      try StandardStream.out.write(text)
    }
  }
}
