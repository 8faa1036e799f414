package import TextAndBytes

/// The trace formats that can be read. A new one is a case here, a line in `reader`, and its
/// reader in Formats.
package enum TraceFormat: String, CaseIterable, Sendable {
  case azure
  case burstGPT = "burstgpt"
  case mooncake
  case qwenBailian = "qwen-bailian"
  case weka
  case ragPulse = "ragpulse"
  case kavier
  case llmServingSim = "llmservingsim"
  case vtc
  case traceLab = "tracelab"
  case traceLabReplay = "tracelab-replay"
  case openTelemetry = "otel"
  case lengths
  case lmCache = "lmcache"
  case blis
  case aiperf
  case guideLLM = "guidellm"
  case vllmBench = "vllm-bench"
  case sglangBench = "sglang-bench"
  case genAIPerf = "genai-perf"
  case inferencePerf = "inference-perf"
  case llmPerf = "llmperf"
  case wta
  case csv
  case llmTrace = "llm-trace"

  var reader: any TraceReader.Type {
    switch self {
    case .azure: AzureReader.self
    case .burstGPT: BurstGPTReader.self
    case .mooncake: MooncakeReader.self
    case .qwenBailian: QwenBailianReader.self
    case .weka: WekaReader.self
    case .ragPulse: RAGPulseReader.self
    case .kavier: KavierReader.self
    case .llmServingSim: LLMServingSimReader.self
    case .vtc: VTCReader.self
    case .traceLab: TraceLabReader.self
    case .traceLabReplay: TraceLabReplayReader.self
    case .openTelemetry: OpenTelemetryReader.self
    case .lengths: LengthsReader.self
    case .lmCache: LMCacheReader.self
    case .blis: BLISReader.self
    case .aiperf: AIPerfReader.self
    case .guideLLM: GuideLLMReader.self
    case .vllmBench: VLLMBenchReader.self
    case .sglangBench: SGLangBenchReader.self
    case .genAIPerf: GenAIPerfReader.self
    case .inferencePerf: InferencePerfReader.self
    case .llmPerf: LLMPerfReader.self
    case .wta: WTAReader.self
    case .csv: CSVReader.self
    case .llmTrace: LLMTraceReader.self
    }
  }

  /// What the format is, in a phrase.
  package var summary: String { reader.summary }

  /// Those whose files are in no order of arrival by their nature.
  package static var unordered: [TraceFormat] { allCases.filter { $0.reader.isUnordered } }
}

/// How to read a trace.
package struct TraceReadOptions: Hashable, Sendable {
  /// nil: told by the content.
  package var format: TraceFormat?
  /// Sort rows by arrival, keeping the order of equal ones, instead of refusing disorder.
  package var sort: Bool
  /// Tokens a block id of a Mooncake trace stands for.
  package var mooncakeBlockSize: Int
  /// Leave out rows that cannot be read, instead of refusing the trace.
  package var leavesOutUnreadable = false
  /// Which column of the file is which field, as `field=column` such as `arrival_s=Time`; the file
  /// is then read as `csv`.
  package var columns: [String] = []
  /// The fields that `columns` can name.
  package static let columnFields: [String] = CSVReader.targets.keys.sorted()
  /// The unit of arrivals that are numbers; nil: that of the format, or told by names and values.
  package var timeUnit: TimeUnit?
  /// Only tell where a unit is in doubt, instead of refusing the trace.
  package var leavesDoubts = false

  package init(format: TraceFormat? = nil, sort: Bool = false, mooncakeBlockSize: Int = 512) {
    precondition(mooncakeBlockSize > 0, "blocks without tokens")
    self.format = format
    self.sort = sort
    self.mooncakeBlockSize = mooncakeBlockSize
  }
}

/// Reads one format.
protocol TraceReader {
  static var summary: String { get }
  /// Whether requests are in lines of JSON; else in CSV; nil: either.
  static var isJSONLines: Bool? { get }
  /// The columns that every file of the format has: what it is recognised by.
  static var required: [String] { get }
  /// Other sets of columns that it is recognised by.
  static var alternatives: [[String]] { get }
  /// Whether the first object of a file can be one of the format's, beyond its keys.
  static func recognises(_ first: JSON) -> Bool
  /// What it can fill in.
  static var fields: [TraceField] { get }
  /// Arrivals are dates, to be counted from the first one.
  static var hasDates: Bool { get }
  /// The column of arrivals that not every file of the format has; nil: it has them, or never.
  static var optionalArrival: String? { get }
  /// Files are not in order of arrival by their nature, so that a replay sorts them unasked.
  static var isUnordered: Bool { get }
  static func read(_ feed: TraceFeed) throws(FileProblems)
}

extension TraceReader {
  static var alternatives: [[String]] { [required] }
  static func recognises(_ first: JSON) -> Bool { true }
  static var hasDates: Bool { false }
  static var optionalArrival: String? { nil }
  static var isUnordered: Bool { false }
}

extension TraceReading {
  /// Reads a trace, plain or gzip, into a sink. `path` is a file, or for llm-trace its directory.
  package static func read(
    path: String, options: TraceReadOptions = TraceReadOptions(), into sink: any TraceSink
  ) throws(FileProblems) -> TraceReading {
    var note: String?
    let format: TraceFormat
    if !options.columns.isEmpty, let given = options.format, given != .csv {
      throw FileProblems(
        FileProblem(
          file: path, message: "columns are mapped for csv, and the format is \(given.rawValue)"))
    }
    if let given = options.columns.isEmpty ? options.format : .csv {
      format = given
    } else {
      do throws(FileProblem) {
        let guess = try FormatGuess(path: path)
        format = guess.format
        note = "read as \(format.rawValue): \(guess.reason)"
      } catch {
        throw FileProblems(error)
      }
    }
    let feed = TraceFeed(path: path, format: format, options: options, sink: sink)
    if let note { feed.note(note) }
    if let note = ParquetRows.note(path: path) { feed.note(note) }
    try format.reader.read(feed)
    return try feed.end()
  }
}
