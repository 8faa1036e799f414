/// The trace formats that can be read. A new one is a case here, a line in `reader`, and its
/// reader in Formats.
package enum TraceFormat: String, CaseIterable, Sendable {
  case azure
  case mooncake
  case kavier
  case llmTrace = "llm-trace"

  var reader: any TraceReader.Type {
    switch self {
    case .azure: AzureReader.self
    case .mooncake: MooncakeReader.self
    case .kavier: KavierReader.self
    case .llmTrace: LLMTraceReader.self
    }
  }

  /// What the format is, in a phrase.
  package var summary: String { reader.summary }
}

/// How to read a trace.
package struct TraceReadOptions: Hashable, Sendable {
  /// nil: told by the content.
  package var format: TraceFormat?
  /// Sort rows by arrival, keeping the order of equal ones, instead of refusing disorder.
  package var sort: Bool
  /// Tokens a block id of a Mooncake trace stands for.
  package var mooncakeBlockSize: Int

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
  static func read(path: String, options: TraceReadOptions) throws(TraceProblems) -> RequestTrace
}

extension RequestTrace {
  /// Reads a trace, plain or gzip. `path` is a file, or for llm-trace its directory.
  package static func read(
    path: String, options: TraceReadOptions = TraceReadOptions()
  ) throws(TraceProblems) -> RequestTrace {
    if let format = options.format {
      return try format.reader.read(path: path, options: options)
    }
    let guess: FormatGuess
    do throws(TraceProblem) {
      guess = try FormatGuess(path: path)
    } catch {
      throw TraceProblems(error)
    }
    var trace = try guess.format.reader.read(path: path, options: options)
    trace.notes.insert("read as \(guess.format.rawValue): \(guess.reason)", at: 0)
    return trace
  }
}
