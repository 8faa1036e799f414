import ArgumentParser
import NIOCore
import NIOSSL
import TraceArchive
import Tracer
import TextAndBytes

extension ServerEngine: ExpressibleByArgument {}
extension PromptKind: ExpressibleByArgument {}

/// `kavier trace record`.
struct RecordTrace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Send a workload to a real LLM server and record what it does.",
    discussion: """
      kavier trace record http://127.0.0.1:8000 --profile azure-conv --rate 2 --out load
      kavier trace record http://127.0.0.1:8000 --lengths 512:64 --concurrency 1 --out mb_one
      kavier trace record http://127.0.0.1:8000 --trace azure-conv --time-scale 4 --out replay

      Any server with OpenAI's completions will do. Without --concurrency requests are sent when \
      the workload says, late or not, and latencies count from then. What is written is an \
      llm-trace with latencies, the times of all parts of answers, and the metrics of server and \
      devices, which kavier validate and kavier calibrate read. Docs: RecordingAServer.

      What was measured is in the directory within a second or two, also when the program is \
      killed; --resume goes on. Exit codes: 0 when the load was recorded; 69 when the server does \
      not answer, has no such path or model, or when more requests than --max-failed allows were \
      not ok (the recording is kept); 130 after Ctrl-C; 64, 65 and 73 for options, files and a \
      directory that will not do.
      """)

  @Argument(help: "The server: http://host:port or https://host:port.")
  var url: String

  @OptionGroup var workload: WorkloadOptions
  @OptionGroup var load: SendingOptions
  @OptionGroup var watching: WatchingOptions

  @Option(
    help: ArgumentHelp("The directory to write.", valueName: "directory"), completion: .directory)
  var out: String

  @Flag(help: "Replace a recording that is there.")
  var replace = false

  @Flag(help: "Go on with a recording that was stopped.")
  var resume = false

  func validate() throws {
    guard Origin(url) != nil else {
      throw ValidationError(
        "'\(url)' is no address of a server; one is like http://127.0.0.1:8000")
    }
    guard !(replace && resume) else {
      throw ValidationError("--replace and --resume cannot both be given")
    }
    guard workload.lengths == nil || workload.rate != nil || load.concurrency != nil else {
      throw ValidationError("--lengths needs --rate or --concurrency")
    }
  }

  func run() async throws {
    // In an open loop nobody knows how many there will be.
    OpenFiles.makeRoom(for: load.concurrency ?? 4096)
    let (requests, before) = try Failure.explained {
      (try workload.requests(), try formerRecording())
    }
    for note in requests.notes { StandardStream.problem(note) }
    let recorder = try await recorder(requests, before)
    let progress = RecordingProgress()
    let outcome = await Interrupt.watched { () async -> Result<Recorder.Outcome, any Error> in
      do {
        return .success(
          try await recorder.run(isStopped: { Interrupt.happened }, report: progress.show))
      } catch {
        return .failure(error)
      }
    }
    progress.clear()
    try Failure.explained {
      let outcome = try outcome.get()
      try StandardStream.out.write(RecordingSummary.text(outcome, path: out))
      try judge(outcome)
    }
  }

  /// Ends with another code than 0 where the load was not what it should be.
  private func judge(_ outcome: Recorder.Outcome) throws {
    if outcome.isFull {
      StandardStream.problem(
        "stopped: more parts of answers came than one recording keeps; \(out) has those until then")
      throw ExitCode(Failure.unavailable)
    }
    if outcome.wasStopped {
      StandardStream.problem("stopped: \(out) has what was measured; --resume goes on")
      throw ExitCode(Interrupt.exitCode)
    }
    guard outcome.failedShare > load.maxFailed || !outcome.hasAnswer, !outcome.records.isEmpty
    else { return }
    let failed = outcome.records.count { !$0.isOK }
    StandardStream.problem(
      "\(failed) of \(outcome.records.count) requests are not ok "
        + "(\(RecordingSummary.kinds(outcome.records))); --max-failed \(load.maxFailed) allows "
        + "fewer. \(out) has all of them")
    throw ExitCode(Failure.unavailable)
  }

  /// What stands at `out` already.
  private func formerRecording() throws(FileProblems) -> RecordingFile {
    let isThere = Folder.exists(out + "/trace.json")
    guard !Folder.exists(out) || isThere && (resume || replace) else {
      throw FileProblems(
        FileProblem(
          file: out,
          message: isThere
            ? "holds a trace; --resume goes on with it, --replace replaces it"
            : "is there and is no trace; choose another place", output: .create))
    }
    // What cannot be written shows before anything is sent.
    _ = try LLMTraceWriter(directory: out, replaces: true)
    guard resume, isThere else { return RecordingFile() }
    return try RecordingFile.read(path: out)
  }

  private func recorder(_ requests: LoadWorkload, _ before: RecordingFile) async throws -> Recorder
  {
    guard let origin = Origin(url) else { throw ExitCode(Failure.badInput) }
    let security = try load.security(for: origin)
    let (server, problem) = await Recorder.describe(
      ServerCheck(origin, security: security, headers: load.allHeaders), engine: load.engine,
      models: load.models(of: requests))
    if let problem {
      StandardStream.problem(problem)
      throw ExitCode(Failure.unavailable)
    }
    return try Failure.explained {
      if let recorded = before.workload, recorded != requests.description {
        throw FileProblems(
          FileProblem(
            file: out, message: "was recorded with another workload: \(recorded)"))
      }
      let set = try load.setUp(
        origin, server, requests, timeScale: workload.timeScale,
        // What goes on goes on with the prompts that it began with.
        seed: workload.seed ?? before.promptSeed ?? UInt64.random(in: 1..<1 << 53))
      var recorder = Recorder(set, path: out)
      recorder.before = before
      recorder.security = security
      try watching.apply(to: &recorder)
      return recorder
    }
  }
}
