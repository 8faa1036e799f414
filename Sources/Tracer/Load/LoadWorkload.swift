package import TraceArchive
package import TextAndBytes

/// The requests of a recording, and where they come from.
package struct LoadWorkload: Sendable {
  package var requests: [PlannedRequest]
  /// In words that another recording of the same requests has, too.
  package var description: String
  package var hashing: TraceHeader.Hashing?
  /// What the user should know.
  package var notes: [String] = []

  /// The rows of a trace of any format. Arrivals come `rate` times as fast.
  package static func trace(
    path: String, options: TraceReadOptions, limit: Int, rate: Double
  ) throws(FileProblems) -> LoadWorkload {
    let sink = WorkloadSink(limit: limit, rate: rate)
    let reading = try TraceReading.read(path: path, options: options, into: sink)
    var workload = LoadWorkload(
      requests: sink.requests, description: "trace \(path)", hashing: reading.header.hashing)
    workload.notes = reading.notes
    if sink.leftOut > 0 {
      workload.notes.append("\(sink.leftOut) rows without a prompt or an answer left out")
    }
    guard !workload.requests.isEmpty else {
      throw FileProblems(
        FileProblem(file: path, message: "no row has both input and output tokens"))
    }
    workload.startAtZero()
    return workload
  }

  /// Requests drawn from a profile.
  package static func profile(
    _ profile: TraceProfile, seed: UInt64, length: TraceGenerator.Length, limit: Int,
    rate: Double
  ) throws(FileProblems) -> LoadWorkload {
    let sink = WorkloadSink(limit: limit, rate: rate)
    do throws(FileProblem) {
      _ = try TraceGenerator(profile, seed: seed, length: length).generate(into: sink)
    } catch {
      throw FileProblems(error)
    }
    var workload = LoadWorkload(
      requests: sink.requests, description: "profile \(profile.name), seed \(seed)")
    workload.hashing = profile.blockSize.map {
      TraceHeader.Hashing(kind: .prefixChain, blockSize: $0, hasPartialBlocks: false)
    }
    workload.startAtZero()
    return workload
  }

  private mutating func startAtZero() {
    guard let first = requests.compactMap(\.arrival).min(), first != 0 else { return }
    for index in requests.indices {
      if let arrival = requests[index].arrival { requests[index].arrival = arrival - first }
    }
  }

  /// Requests of fixed lengths, `rate` a second at random; without a rate whenever they can go.
  package static func lengths(
    input: Int, output: Int, count: Int, rate: Double?, seed: UInt64
  ) throws(FileProblems) -> LoadWorkload {
    var client = TraceProfile.Client("fixed")
    client.input = .constant(Double(input))
    client.output = .constant(Double(output))
    let profile = TraceProfile(
      "\(input):\(output)", "", source: "", rate: rate ?? 1, clients: [client])
    var workload = try Self.profile(
      profile, seed: seed, length: .requests(count), limit: count, rate: 1)
    workload.description = "lengths \(input):\(output), \(count) requests, seed \(seed)"
    if rate == nil {
      for index in workload.requests.indices { workload.requests[index].arrival = nil }
    }
    return workload
  }
}

extension LoadWorkload {
  /// A file with a prompt a line: as text, or as JSON objects with `prompt` (text or token ids) or
  /// `messages`, and perhaps `max_tokens`.
  package static func prompts(
    path: String, maxTokens: Int, limit: Int
  ) throws(FileProblems) -> LoadWorkload {
    var requests: [PlannedRequest] = []
    var problems = FileProblems()
    for (line, text) in try TextLines.read(path: path) where requests.count < limit {
      do throws(FileProblem) {
        requests.append(
          try request(text, number: requests.count, maxTokens: maxTokens, path, line))
      } catch {
        problems.add(error)
      }
    }
    if requests.isEmpty, problems.isEmpty {
      problems.add(FileProblem(file: path, message: "has no prompt; one a line is allowed"))
    }
    guard problems.isEmpty else { throw problems }
    return LoadWorkload(requests: requests, description: "prompts \(path)")
  }

  private static func request(
    _ text: String, number: Int, maxTokens: Int, _ path: String, _ line: Int
  ) throws(FileProblem) -> PlannedRequest {
    guard text.hasPrefix("{") else {
      return PlannedRequest(
        number: number, prompt: .text(text), inputTokens: 0, maxTokens: Int64(maxTokens))
    }
    guard let json = JSON(text: text), json.fields != nil else {
      throw FileProblem(file: path, line: line, message: "begins like JSON and is none")
    }
    let limit = json["max_tokens"]?.integer ?? Int64(maxTokens)
    guard (1...Int64(Int32.max)).contains(limit) else {
      throw FileProblem(
        file: path, line: line, message: "max_tokens: found \(limit); allowed are numbers from 1")
    }
    guard let (prompt, tokens) = prompt(json) else {
      throw FileProblem(
        file: path, line: line,
        message: "needs prompt, a text or a list of token ids, or messages, a list of messages")
    }
    return PlannedRequest(number: number, prompt: prompt, inputTokens: tokens, maxTokens: limit)
  }

  private static func prompt(_ json: JSON) -> (Prompt, tokens: Int64)? {
    if let text = json["prompt"]?.text { return (.text(text), 0) }
    if case .integers(let ids)? = json["prompt"] {
      return (.ids(ids.map { Int32(clamping: $0) }), Int64(ids.count))
    }
    if let messages = json["messages"], messages.array?.isEmpty == false {
      return (.messages(messages.compact), 0)
    }
    return nil
  }
}
