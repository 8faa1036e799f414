import ArgumentParser
import Endpoint
import Impact
import Report
import Scenarios
import ServingModel
import ServingSim
import Tracer

/// `kavier serve`.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Stand in for an LLM server: an OpenAI-compatible endpoint timed by a simulation.",
    discussion: """
      kavier serve fleet.yaml
      kavier serve fleet.yaml --port 0 --speed 10 --out results
      kavier serve fleet.yaml --fault error=0.01 --fault stall=0.005 --max-concurrency 64

      Answers are made of words without a meaning. Each token comes when the scenario's fleet \
      would have yielded it to these requests. Ctrl-C or SIGTERM stops: requests under way may \
      end first. Docs/Serve.md says what is answered.

      It listens on 127.0.0.1, for this machine alone, unless --host says otherwise.
      """)

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: "The address to listen on; another than loopback needs --allow-remote.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0: any that is free.")
  var port = 8000

  @Flag(help: "Let other machines in. Needs --token-file.")
  var allowRemote = false

  @Option(
    help: ArgumentHelp(
      "A file with the token that clients have to send as 'Authorization: Bearer TOKEN'.",
      valueName: "file"), completion: .file())
  var tokenFile: String?

  @Option(help: "Simulated seconds that pass in a second.")
  var speed = 1.0

  @Option(
    help: ArgumentHelp(
      "What clients call the model. By default the scenario's model.", valueName: "name"))
  var modelName: String?

  @Option(
    help: ArgumentHelp(
      """
      Count tokens with a model's tokenizer.json (BPE of bytes or of characters), and answer with \
      its tokens.
      """, valueName: "file"), completion: .file(extensions: ["json"]))
  var tokenizer: String?

  @Option(
    help: ArgumentHelp(
      "Bytes of text in a token where there is no tokenizer; 4 by default.", valueName: "number"))
  var bytesPerToken: Double?

  @Flag(help: "Have /metrics tell the names of Dynamo's frontend, too.")
  var dynamoMetrics = false

  @Option(
    help: ArgumentHelp(
      """
      Let a share of the requests fail, drawn with the scenario's seed: error=0.01 (an error in \
      place of a token), stall=0.01 (no more tokens), reset=0.01 (the connection is reset). May be \
      repeated.
      """, valueName: "kind=share"),
    completion: .list(["error=", "stall=", "reset="]))
  var fault: [String] = []

  @Option(help: "Requests under way, at most; further ones are answered 429.")
  var maxConcurrency = EndpointLimits().concurrency

  @Option(help: "Requests waiting in the engines' queues, at most; further ones are answered 429.")
  var maxWaiting: Int?

  @Option(help: "Open connections, at most.")
  var maxConnections = EndpointLimits().connections

  @Option(help: "Bytes of a request's body, at most.")
  var maxBody = EndpointLimits().bodyBytes

  @Option(help: "Bytes of the bodies that are coming in, all together, at most.")
  var maxBodies = EndpointLimits().allBodyBytes

  @Option(help: "Seconds that an answer may take.")
  var requestTimeout = EndpointLimits().requestTime

  @Option(help: "Seconds that requests under way have to end after Ctrl-C.")
  var drainTime = EndpointLimits().drainTime

  @Option(help: "Threads that serve connections; one of them also simulates.")
  var threads = 2

  @Option(
    help: ArgumentHelp(
      """
      When stopped, write what was served there, the files of kavier simulate --out. Takes 60 bytes \
      of memory a request.
      """, valueName: "directory"), completion: .directory)
  var out: String?

  func run() async throws {
    let (loaded, directory) = try Failure.explained {
      try (scenario.load(), out.map { try OutputDirectory(ofRun: $0) })
    }
    try Self.check(loaded.plan)
    let options = try endpointOptions(loaded.plan)
    OpenFiles.makeRoom(for: options.limits.connections + EndpointLimits.spareConnections)
    let server = try await start(loaded.plan, options)
    try Failure.explained {
      // Before anyone is told of the server, and could stop it.
      Interrupt.watchForStop()
      try StandardStream.out.write("serving '\(options.modelName)' on \(url(server.port))\n")
    }
    await Interrupt.waited()
    StandardStream.problem("stopping: requests under way have \(drainTime) s to end")
    let served = try await server.stop()
    try Failure.explained { try conclude(served, loaded.impact, directory) }
  }

  /// The endpoint has one set of engines, which its metrics name, and limits of its own.
  private static func check(_ plan: Plan) throws {
    var problems: [String] = []
    if !plan.scaling.isEmpty {
      problems.append(
        "fleet.scaling: kavier serve has the replicas that it begins with; leave scaling out")
    }
    if !plan.admission.isEmpty {
      problems.append("admission: kavier serve refuses by --max-waiting; leave admission out")
    }
    guard !problems.isEmpty else { return }
    problems.forEach { StandardStream.problem($0) }
    throw ExitCode(Failure.badInput)
  }

  private func start(_ plan: Plan, _ options: EndpointOptions) async throws -> EndpointServer {
    do {
      return try await EndpointServer.start(plan, options)
    } catch {
      StandardStream.problem("cannot listen on \(host), port \(port): \(error)")
      throw ExitCode(Failure.unavailable)
    }
  }

  private func url(_ port: Int) -> String {
    "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }

  private func conclude(
    _ served: ServedRun, _ impact: ImpactPlan?, _ directory: OutputDirectory?
  ) throws {
    guard let directory else { return }
    let run = FinishedRun(plan: served.plan, recording: served.recording)
    // What is missing for a bill has been said; the rest is not lost for it.
    let bill = impact.flatMap { try? BillCommand.bill(run, $0) }
    let metrics = Metrics(run, bill: bill)
    try directory.write(run: OutputFile.all(served.plan.lines, run, metrics, bill))
    try StandardStream.out.write(TextReport.render(metrics))
    if served.turnedAway > 0 {
      try StandardStream.out.write("\(served.turnedAway) requests were answered 429 or 503.\n")
    }
  }
}
