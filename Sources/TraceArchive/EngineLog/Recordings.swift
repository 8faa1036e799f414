package import TextAndBytes

/// Recordings of real servers (`kavier trace record`) as runs of a recorded engine. A recording is a
/// run by the name of its directory.
package enum Recordings {
  /// Those that the directory `path` is or holds, in the order of their names.
  package static func directories(_ path: String) -> [String] {
    guard Folder.isDirectory(path) else { return [] }
    if isRecording(path) { return [path] }
    let inside = (try? Folder.contents(of: path)) ?? []
    return inside.filter(isRecording)
  }

  private static func isRecording(_ path: String) -> Bool {
    guard Folder.exists(path + "/trace.json"), let json = try? JSON.file(path + "/trace.json")
    else { return false }
    return TraceHeader(json)["collection", "load", "mode"] != nil
  }

  /// The run of one recording.
  package static func run(_ path: String) throws(FileProblems) -> ServedRun {
    let sink = ServedRunSink(path)
    let reading = try TraceReading.read(
      path: path, options: TraceReadOptions(format: .llmTrace), into: sink)
    let collection = reading.header["collection"]
    let system = collection?["system"]?.text ?? "server"
    var run = ServedRun(
      name: name(of: path), server: collection?["server"]?.text ?? system)
    run.model = collection?["model"]?.text
    if collection?["load"]?["mode"]?.text == "closed" {
      run.concurrency = bounded(collection?["load"]?["concurrency"], 1_000_000)
        .map { Int($0) }
    }
    for field in collection?["settings"]?.fields ?? [] {
      run.settings[field.key] = field.value.text ?? field.value.compact
    }
    run.roundTrip = bounded(collection?["round_trip_us"], 3_600_000_000).map { $0 * 1000 }
    run.requests = sink.requests
    run.failed = sink.disturbances.count
    run.disturbances = sink.disturbances
    run.medianGap = sink.medianGap
    return run
  }

  /// The runs in a file of any format whose requests say how long they took: of one that holds
  /// several, each by its name in `app`.
  package static func runs(
    ofFile path: String, options: TraceReadOptions
  ) throws(FileProblems) -> [ServedRun] {
    let sink = ServedRunsSink(path)
    let reading = try TraceReading.read(path: path, options: options, into: sink)
    let collection = reading.header["collection"]
    let concurrency =
      collection?["load"]?["mode"]?.text == "closed"
      ? bounded(collection?["load"]?["concurrency"], 1_000_000) : nil
    var runs: [ServedRun] = []
    for (app, requests) in sink.runs {
      let name = app.isEmpty || sink.runs.count == 1 ? path : "\(path), \(app)"
      var run = ServedRun(name: name, server: collection?["system"]?.text ?? "server")
      run.model = collection?["model"]?.text
      run.concurrency = concurrency.map { Int($0) }
      run.isTimed = requests.isTimed
      run.requests = requests.requests
      run.failed = requests.disturbances.count
      run.medianGap = requests.medianGap
      runs.append(run)
    }
    return runs
  }

  /// A whole number up to a bound; nil: there is none.
  private static func bounded(_ value: JSON?, _ most: Int64) -> Int64? {
    value?.integer.flatMap { (0...most).contains($0) ? $0 : nil }
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last { $0 != "." }.map(String.init) ?? "recording"
  }
}

/// The requests of several runs, told apart by their `app`.
private final class ServedRunsSink: TraceSink {
  private(set) var runs: [(app: String, requests: ServedRunSink)] = []
  private var places: [String: Int] = [:]
  private let path: String

  init(_ path: String) { self.path = path }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {}

  func take(_ record: TraceRecord) throws(FileProblem) {
    let app = record[text: .app] ?? ""
    if places[app] == nil {
      places[app] = runs.count
      runs.append((app, ServedRunSink(path, takesUntimed: true)))
    }
    guard let place = places[app] else { return }
    try runs[place].requests.take(record)
  }
}

private final class ServedRunSink: TraceSink {
  private(set) var requests: [ServedRequest] = []
  private(set) var disturbances: [ClosedRange<Int64>] = []
  /// Nanoseconds a token.
  private var gaps: [Int64] = []

  private let path: String
  /// Whether each request says when it was sent.
  private(set) var isTimed = true
  /// What to do with one that does not: the clients of a closed loop send it.
  private let takesUntimed: Bool

  init(_ path: String, takesUntimed: Bool = false) {
    self.path = path
    self.takesUntimed = takesUntimed
  }

  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {}

  /// Microseconds of about 35 years: beyond that no time is one of a recording, and sums of two
  /// overflow.
  private static let longest: Int64 = 1 << 50
  /// Tokens that no part of an answer brings at once.
  private static let mostTokens: Int64 = 1 << 20

  /// What cannot have been measured; nil: nothing.
  private func fault(_ record: TraceRecord) -> String? {
    let times = [record[.sent], record[.ttft], record[.endToEnd]].compactMap { $0 }
    if abs(record[.arrival] ?? 0) > Self.longest || times.contains(where: { $0 > Self.longest }) {
      return "a time of more than 35 years"
    }
    var before: Int64 = 0
    for chunk in record.chunks {
      guard (before...Self.longest).contains(chunk.at) else {
        return "a part of the answer at \(chunk.at) us after one at \(before) us"
      }
      guard (0...Self.mostTokens).contains(chunk.tokens ?? 0) else {
        return "a part of the answer with \(chunk.tokens ?? 0) tokens"
      }
      before = chunk.at
    }
    if let cached = record[.cachedInputTokens], cached > record.inputTokens {
      return "\(cached) cached tokens of a prompt of \(record.inputTokens)"
    }
    return nil
  }

  func take(_ record: TraceRecord) throws(FileProblem) {
    if let fault = fault(record) {
      throw FileProblem(file: path, message: "request \(record.id): \(fault)")
    }
    if record.arrival == nil { isTimed = false }
    guard let arrival = record.arrival ?? (takesUntimed ? 0 : nil) else { return }
    let last = record.chunks.last?.at ?? record[.ttft] ?? record[.sent] ?? 0
    guard record[text: .status] ?? "ok" == "ok", let first = record[.ttft],
      let end = record[.endToEnd], record.inputTokens > 0, first <= end
    else { return disturbances.append(arrival...arrival + max(0, last) * 1000) }
    var request = ServedRequest(
      request: EngineRequest(
        number: Int(record.id), arrival: arrival,
        promptTokens: Int32(clamping: record.inputTokens),
        completionTokens: Int32(clamping: record.outputTokens), group: nil, sharedTokens: 0,
        priority: 0, blockIDs: record.prefixIDs.isEmpty ? nil : record.prefixIDs),
      firstToken: arrival + first * 1000, lastToken: arrival + end * 1000,
      end: arrival + end * 1000)
    request.cachedTokens = Int32(clamping: record[.cachedInputTokens] ?? 0)
    // Where one part's tokens are unknown, those of the others tell nothing of steps.
    let counts = record.chunks.compactMap(\.tokens)
    if counts.count == record.chunks.count {
      request.chunks = record.chunks.map {
        ServedRequest.Chunk(at: arrival + $0.at * 1000, tokens: $0.tokens ?? 0)
      }
      countGaps(record.chunks)
    }
    requests.append(request)
  }

  private func countGaps(_ chunks: [TraceChunk]) {
    for (one, next) in zip(chunks, chunks.dropFirst()) {
      let tokens = max(1, next.tokens ?? 1)
      let gap = (next.at - one.at) * 1000 / tokens
      for _ in 0..<min(tokens, 1000) { gaps.append(gap) }
    }
  }

  /// Milliseconds between tokens.
  var medianGap: Double? {
    guard !gaps.isEmpty else { return nil }
    return Double(gaps.sorted()[gaps.count / 2]) / 1e6
  }
}
