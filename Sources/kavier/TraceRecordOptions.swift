import ArgumentParser
import Glibc
import NIOCore
import NIOSSL
import TraceArchive
import Tracer
import TextAndBytes

/// What is sent.
struct WorkloadOptions: ParsableArguments {
  @Option(
    name: .customLong("trace"),
    help: ArgumentHelp("Replay a trace of any format.", valueName: "path"), completion: .file())
  var trace: String?

  @Option(
    help: "Draw requests from a profile of kavier trace generate, or from a file of one.",
    completion: .traceProfile)
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "A file with a prompt a line: text, or JSON with prompt or messages.", valueName: "file"),
    completion: .file())
  var prompts: String?

  @Option(
    help: ArgumentHelp("Requests of these tokens of prompt and answer.", valueName: "in:out"))
  var lengths: String?

  @Option(
    name: .customLong("from"), help: "The format of --trace. Without it, told by the content.")
  var format: TraceFormat?

  @Option(
    help: """
      Send at most so many requests; of a profile or --lengths just so many. Default: all, or 100.
      """)
  var maxRequests: Int?

  @Option(help: "Sessions or requests a second of a profile or of --lengths.")
  var rate: Double?

  @Option(help: "Arrivals come this many times as fast.")
  var timeScale = 1.0

  @Option(help: "Longest answer to a prompt of --prompts that states none.")
  var maxTokens = 128

  @Option(
    help: """
      Draws requests and the tokens of their prompts; equal seeds are equal prompts, which a server \
      may have in its cache. Without it requests are those of seed 1 and prompts new in each run.
      """)
  var seed: UInt64?

  func validate() throws {
    let given = [trace, profile, prompts, lengths].compactMap { $0 }
    guard given.count == 1 else {
      throw ValidationError("state one of --trace, --profile, --prompts and --lengths")
    }
    guard maxRequests ?? 1 > 0, (1...10_000_000).contains(maxTokens) else {
      throw ValidationError("--max-requests and --max-tokens have to be above 0")
    }
    guard (1e-6...1e6).contains(timeScale), (1e-9...1e6).contains(rate ?? 1) else {
      throw ValidationError(
        "--time-scale is from 0.000001 to 1000000, --rate from 0.000000001 to 1000000")
    }
    if let lengths, Self.pair(lengths) == nil {
      throw ValidationError("--lengths \(lengths): expected tokens such as 512:64")
    }
  }

  private static func pair(_ text: String) -> (input: Int, output: Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let input = parts[0], let output = parts[1],
      (1...10_000_000).contains(input), (1...10_000_000).contains(output)
    else { return nil }
    return (input, output)
  }

  func requests() throws -> LoadWorkload {
    let limit = maxRequests ?? .max
    if let trace {
      return try .trace(
        path: trace, options: TraceReadOptions(format: format, sort: true), limit: limit,
        rate: timeScale)
    }
    if let prompts { return try .prompts(path: prompts, maxTokens: maxTokens, limit: limit) }
    let count = maxRequests ?? 100
    if let (input, output) = lengths.flatMap(Self.pair) {
      return try .lengths(
        input: input, output: output, count: count, rate: rate.map { $0 * timeScale },
        seed: seed ?? 1)
    }
    var profile = try Profiles.find(profile ?? "")
    if let rate { profile.rate = rate }
    return try .profile(
      profile, seed: seed ?? 1, length: .requests(count), limit: count, rate: timeScale)
  }
}

/// How it is sent.
struct SendingOptions: ParsableArguments {
  @Option(help: "So many clients that each send when their last answer has ended.")
  var concurrency: Int?

  @Option(
    help: """
      Prompts are token ids (exact lengths; vLLM, SGLang, llama.cpp), text, or chat messages. \
      Default: ids where the server takes them.
      """)
  var promptKind: PromptKind?

  @Flag(help: "Have answers as long as asked for (vLLM, SGLang, llama.cpp).")
  var ignoreEos = false

  @Option(help: "The model to ask for. Default: the server's first.")
  var model: String?

  @Flag(help: "Ask for the models that the trace names.")
  var traceModels = false

  @Flag(help: "Ask for models that the server does not list, too.")
  var unlistedModels = false

  @Option(help: "Token ids below this are sent. Default: as the server says, or 900.")
  var vocabulary: Int?

  @Option(help: "Which server it is. Default: as it looks.")
  var engine: ServerEngine?

  @Option(help: "What calibrations call the server. Default: its engine's name.")
  var server: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A setting of the server by vLLM's name, to be kept with the recording. May be repeated.",
      valueName: "name=value"))
  var settings: [String] = []

  @Option(help: "Sampling temperature; greedy by default.")
  var temperature = 0.0

  @Option(help: ArgumentHelp("Seconds to connect.", valueName: "seconds"))
  var connectTimeout = 10.0

  @Option(help: ArgumentHelp("Seconds to the first token.", valueName: "seconds"))
  var firstTokenTimeout = 300.0

  @Option(help: ArgumentHelp("Seconds to the end of an answer.", valueName: "seconds"))
  var timeout = 3600.0

  @Option(
    help: ArgumentHelp(
      "Exit with 69 where more than this share of the requests is not ok.", valueName: "share"))
  var maxFailed = 0.05

  @Option(help: "Send again so often what a busy or missing server refused.")
  var retries = 0

  @Option(
    name: .customLong("header"),
    help: ArgumentHelp("A header field of every request. May be repeated.", valueName: "name:value")
  )
  var headers: [String] = []

  @Option(
    help: ArgumentHelp("The environment's variable with the API key.", valueName: "variable"))
  var apiKeyVariable = "OPENAI_API_KEY"

  @Option(
    name: .customLong("cacert"),
    help: ArgumentHelp("Certificates to trust, as PEM.", valueName: "file"), completion: .file())
  var certificates: String?

  @Option(help: "Threads that send and receive.")
  var threads = 2

  func validate() throws {
    guard concurrency ?? 1 > 0, concurrency ?? 1 <= 100_000, vocabulary ?? 2 > 1,
      (0...100).contains(retries), (1...64).contains(threads), temperature >= 0
    else {
      throw ValidationError(
        "--concurrency is from 1 to 100000, --vocabulary at least 2, --retries from 0 to 100, "
          + "--threads from 1 to 64, --temperature not negative")
    }
    guard (0...1).contains(maxFailed) else {
      throw ValidationError("--max-failed is a share from 0 to 1, such as 0.05")
    }
    for seconds in [connectTimeout, firstTokenTimeout, timeout]
    where !(seconds > 0 && seconds < 1e7) {
      throw ValidationError("timeouts are seconds above 0")
    }
    for header in headers where Self.field(header) == nil {
      throw ValidationError("--header \(header): expected a field such as x-tenant:blue")
    }
    let faults = settings.compactMap { setting in
      EngineSetting.fault(inAssignment: setting).map { "--set \(setting): \($0)" }
    }
    if !faults.isEmpty { throw ValidationError(faults.joined(separator: "\n")) }
  }

  private static func field(_ text: String) -> (name: String, value: String)? {
    guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return nil }
    let name = text[..<colon]
    let value = text[text.index(after: colon)...].drop { $0 == " " }
    let isToken = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    let isValue = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    return isToken && isValue ? (String(name), String(value)) : nil
  }

  private var apiKey: String? {
    guard let key = getenv(apiKeyVariable) else { return nil }
    let text = String(cString: key)
    return text.isEmpty ? nil : text
  }

  /// Of every request, the key included.
  var allHeaders: [(name: String, value: String)] {
    let key = apiKey.map { [("authorization", "Bearer \($0)")] } ?? []
    return key + headers.compactMap(Self.field)
  }

  /// Those that the server has to list.
  func models(of workload: LoadWorkload) -> [String] {
    guard !unlistedModels else { return [] }
    let named = traceModels ? workload.requests.compactMap { $0.record[text: .model] } : []
    return (Set(named + (model.map { [$0] } ?? []))).sorted()
  }

  func security(for origin: Origin) throws -> NIOSSLContext? {
    guard origin.isSecure else { return nil }
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let certificates { configuration.trustRoots = .file(certificates) }
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      StandardStream.problem("\(certificates ?? "TLS"): cannot be used: \(error)")
      throw ExitCode(Failure.badInput)
    }
  }

  /// What a simulation of the server would need and nobody says.
  private func tellMissing(_ server: ServerDescription) {
    let missing = EngineSetting.needed.map(\.rawValue).filter { name in
      !server.settings.contains { $0.name == name }
    }
    guard !missing.isEmpty else { return }
    StandardStream.problem(
      "the server does not tell \(missing.joined(separator: ", ")); validate and simulate need "
        + "them: state " + missing.map { "--set \($0)=N" }.joined(separator: " "))
  }

  func setUp(
    _ origin: Origin, _ described: ServerDescription, _ workload: LoadWorkload, timeScale: Double,
    seed: UInt64
  ) throws -> RecordingSetUp {
    var described = described
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      described.set(parts[0], text: parts.count > 1 ? parts[1] : "")
    }
    tellMissing(described)
    guard let model = model ?? described.models.first else {
      throw ValidationError("the server names no model: state --model")
    }
    let kind = promptKind ?? (described.engine.takesTokenIDs ? .ids : .text)
    if ignoreEos, !described.engine.takesTokenIDs {
      StandardStream.problem("--ignore-eos is no part of OpenAI's protocol and is left out")
    }
    let writer = PromptWriter(
      kind: kind, vocabulary: vocabulary ?? described.vocabulary, seed: seed)
    var style = RequestStyle(model: model, writer: writer)
    style.engine = described.engine
    style.usesTraceModels = traceModels
    style.kind = kind
    style.ignoresEnd = ignoreEos
    style.temperature = temperature
    style.headers = allHeaders
    return RecordingSetUp(
      origin: origin, server: described, serverName: server ?? described.engine.rawValue,
      model: model, workload: workload, style: style, options: options, timeScale: timeScale)
  }

  private var options: LoadOptions {
    func time(_ seconds: Double) -> TimeAmount { .nanoseconds(Int64(seconds * 1e9)) }
    var options = LoadOptions()
    options.concurrency = concurrency
    options.connectTimeout = time(connectTimeout)
    options.firstTokenTimeout = time(firstTokenTimeout)
    options.totalTimeout = time(timeout)
    options.retries = retries
    options.threads = threads
    return options
  }
}

/// What is watched meanwhile.
struct WatchingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Seconds between values of server and devices.", valueName: "seconds"))
  var interval = 1.0

  @Option(
    help: ArgumentHelp(
      """
      A command that prints a table of devices as CSV, such as "ssh host nvidia-smi \
      --query-gpu=index,power.draw --format=csv -l 1" or "amd-smi monitor --csv". Default: \
      nvidia-smi where the server is on this machine.
      """, valueName: "command"))
  var deviceCommand: String?

  @Option(help: ArgumentHelp("Metrics of a DCGM exporter.", valueName: "url"))
  var deviceURL: String?

  @Flag(help: "Do not ask for the state of devices.")
  var noDevices = false

  func validate() throws {
    guard interval >= 0.01, interval < 1e6 else {
      throw ValidationError("--interval is from 0.01 s")
    }
    if let deviceURL, Origin(deviceURL) == nil {
      throw ValidationError("--device-url \(deviceURL): expected an address")
    }
  }

  func apply(to recorder: inout Recorder) throws {
    recorder.sampleInterval = .nanoseconds(Int64(interval * 1e9))
    guard !noDevices else { return }
    recorder.deviceCommand = deviceCommand
    if deviceCommand == nil, deviceURL == nil, recorder.set.origin.isLoopback {
      recorder.deviceCommand = "command -v nvidia-smi > /dev/null && " + DeviceCommand.nvidia
    }
    guard let deviceURL, var origin = Origin(deviceURL) else { return }
    let path = origin.path.isEmpty ? "/metrics" : origin.path
    origin.path = ""
    recorder.deviceOrigin = (origin, path)
  }
}
