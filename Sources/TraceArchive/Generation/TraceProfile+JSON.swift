package import TextAndBytes

/// Profiles as JSON.
extension TraceProfile {
  package var json: JSON {
    var json = JSON.object([
      .init("profile_version", .integer(1)), .init("name", .string(name)),
      .init("summary", .string(summary)), .init("source", .string(source)),
      .init("rate_rps", .decimal(rate)),
    ])
    json["block_size"] = blockSize.map { .integer(Int64($0)) }
    if !hours.isEmpty { json["hours"] = .array(hours.map { .decimal($0) }) }
    if weekdayToWeekend != 1 { json["weekday_to_weekend"] = .decimal(weekdayToWeekend) }
    if !windows.isEmpty {
      json["window_s"] = .decimal(windowSeconds)
      json["windows"] = .array(windows.map { .decimal($0) })
    }
    json["clients"] = .array(clients.map(\.json))
    return json
  }

  /// Reads a profile's file.
  package static func read(path: String) throws(FileProblems) -> TraceProfile {
    let json: JSON
    do throws(FileProblem) {
      json = try JSON.file(path)
    } catch {
      throw FileProblems(error)
    }
    var reader = ProfileReader(file: path)
    let profile = reader.profile(json)
    guard reader.problems.isEmpty, let profile else { throw reader.problems }
    return profile
  }
}

extension TraceProfile.Client {
  fileprivate var json: JSON {
    var json = JSON.object([
      .init("name", .string(name)), .init("share", .decimal(share)),
      .init("gap_cv", .decimal(gapVariation)),
    ])
    if let burst {
      json["burst"] = .array([.decimal(burst.on), .decimal(burst.off)])
    }
    json["app"] = app.map { .string($0) }
    json["model"] = model.map { .string($0) }
    json["slo_class"] = sloClass.map { .string($0) }
    if !samples.isEmpty {
      json["samples"] = .array(
        samples.map { .integers([$0.input, $0.output, $0.reused, $0.back]) })
    }
    json["input_tokens"] = input?.json
    json["output_tokens"] = output?.json
    json["reasoning_share"] = reasoning?.json
    if imageShare > 0 { json["image_share"] = .decimal(imageShare) }
    json["images"] = images?.json
    json["image_tokens"] = imageTokens?.json
    json["session"] = session?.json
    json["parts"] = parts?.json
    return json
  }
}

extension TraceProfile.Session {
  fileprivate var json: JSON {
    var json = JSON.object([
      .init("turns", turns.json), .init("first_tokens", first.json),
      .init("added_tokens", added.json), .init("think_s", think.json),
      .init("tool_share", .decimal(toolShare)), .init("reset_share", .decimal(resetShare)),
      .init("shared_tokens", .decimal(sharedTokens)), .init("agent_share", .decimal(agentShare)),
    ])
    json["tool_think_s"] = toolThink?.json
    json["agent_calls"] = agentCalls?.json
    json["agent_first_tokens"] = agentFirst?.json
    return json
  }
}

extension TraceProfile.Parts {
  fileprivate var json: JSON {
    .object([
      .init("system_shares", .array(systemShares.map { .decimal($0) })),
      .init("system_tokens", .integer(Int64(systemTokens))),
      .init("dynamic_tokens", .integer(Int64(dynamicTokens))),
      .init("passages", .integer(Int64(passages))),
      .init("documents", .integer(Int64(documents))),
      .init("popularity", .decimal(popularity)), .init("passage_tokens", passageTokens.json),
      .init("question_tokens", question.json),
    ])
  }
}

/// Takes a profile's JSON apart and collects what is wrong with it.
private struct ProfileReader {
  let file: String
  var problems = FileProblems()

  init(file: String) { self.file = file }

  mutating func fail(_ message: String) { problems.add(FileProblem(file: file, message: message)) }

  mutating func profile(_ json: JSON) -> TraceProfile? {
    guard json["profile_version"]?.integer == 1 else {
      fail("profile_version: found \(json["profile_version"]?.compact ?? "none"); allowed is 1")
      return nil
    }
    var clients: [TraceProfile.Client] = []
    for (index, item) in (json["clients"]?.array ?? []).enumerated() {
      clients.append(client(item, "clients.\(index)"))
    }
    if clients.isEmpty { fail("clients: a list with at least one client is needed") }
    var profile = TraceProfile(
      json["name"]?.text ?? "profile", json["summary"]?.text ?? "",
      source: json["source"]?.text ?? "", rate: number(json, "rate_rps", "", 1e-9...1e6) ?? 1,
      clients: clients)
    profile.blockSize = number(json, "block_size", "", 1...1e6, isNeeded: false).map { Int($0) }
    profile.hours = numbers(json, "hours", count: 24)
    profile.weekdayToWeekend =
      number(json, "weekday_to_weekend", "", 1e-3...1e3, isNeeded: false) ?? 1
    profile.windows = numbers(json, "windows", count: nil)
    if !profile.windows.isEmpty {
      profile.windowSeconds = number(json, "window_s", "", 1e-3...1e9) ?? 1
    }
    return profile
  }

  private mutating func client(_ json: JSON, _ path: String) -> TraceProfile.Client {
    var client = TraceProfile.Client(json["name"]?.text ?? path)
    client.share = number(json, "share", path, 1e-9...1e9, isNeeded: false) ?? 1
    client.gapVariation = number(json, "gap_cv", path, 1e-3...1e3, isNeeded: false) ?? 1
    if let burst = json["burst"]?.array?.compactMap(\.double) {
      if burst.count == 2, burst.allSatisfy({ $0 > 0 && $0 < 1e9 }) {
        client.burst = (burst[0], burst[1])
      } else {
        fail("\(path).burst: two numbers of seconds above 0 are needed")
      }
    }
    client.app = json["app"]?.text
    client.model = json["model"]?.text
    client.sloClass = json["slo_class"]?.text
    client.samples = samples(json, path)
    client.input = law(json, "input_tokens", path)
    client.output = law(json, "output_tokens", path)
    client.reasoning = law(json, "reasoning_share", path)
    client.imageShare = number(json, "image_share", path, 0...1, isNeeded: false) ?? 0
    client.images = law(json, "images", path)
    client.imageTokens = law(json, "image_tokens", path)
    if let item = json["session"] { client.session = session(item, "\(path).session") }
    if let item = json["parts"] { client.parts = parts(item, "\(path).parts") }
    let tellsInput = client.input != nil || client.session != nil || client.parts != nil
    if client.samples.isEmpty, !tellsInput || client.output == nil {
      fail("\(path): needs samples, or output_tokens and one of input_tokens, session, parts")
    }
    return client
  }

  private mutating func session(_ json: JSON, _ path: String) -> TraceProfile.Session? {
    guard let turns = law(json, "turns", path, isNeeded: true),
      let first = law(json, "first_tokens", path, isNeeded: true),
      let added = law(json, "added_tokens", path, isNeeded: true),
      let think = law(json, "think_s", path, isNeeded: true)
    else { return nil }
    var session = TraceProfile.Session(turns: turns, first: first, added: added, think: think)
    session.toolThink = law(json, "tool_think_s", path)
    session.toolShare = number(json, "tool_share", path, 0...1, isNeeded: false) ?? 0
    session.resetShare = number(json, "reset_share", path, 0...1, isNeeded: false) ?? 0
    session.sharedTokens = number(json, "shared_tokens", path, 0...1e8, isNeeded: false) ?? 0
    session.agentShare = number(json, "agent_share", path, 0...1, isNeeded: false) ?? 0
    session.agentCalls = law(json, "agent_calls", path)
    session.agentFirst = law(json, "agent_first_tokens", path)
    return session
  }

  private mutating func parts(_ json: JSON, _ path: String) -> TraceProfile.Parts? {
    guard let passage = law(json, "passage_tokens", path, isNeeded: true),
      let question = law(json, "question_tokens", path, isNeeded: true),
      let system = number(json, "system_tokens", path, 0...1e7),
      let dynamic = number(json, "dynamic_tokens", path, 0...1e7),
      let passages = number(json, "passages", path, 0...1000),
      let documents = number(json, "documents", path, 1...1e7),
      let popularity = number(json, "popularity", path, 0...10)
    else { return nil }
    return TraceProfile.Parts(
      systemShares: numbers(json, "system_shares", count: nil), systemTokens: Int(system),
      dynamicTokens: Int(dynamic), passages: Int(passages), documents: Int(documents),
      popularity: popularity, passageTokens: passage, question: question)
  }

  private mutating func samples(_ json: JSON, _ path: String) -> [TraceProfile.Sample] {
    (json["samples"]?.array ?? []).compactMap { item in
      guard case .integers(let values) = item, values.count == 4,
        values.allSatisfy({ (0...Int64(Int32.max)).contains($0) })
      else {
        fail("\(path).samples: found \(excerpt(item.compact)); four whole numbers are needed")
        return nil
      }
      return TraceProfile.Sample(
        input: values[0], output: values[1], reused: values[2], back: values[3])
    }
  }

  private mutating func law(
    _ json: JSON, _ key: String, _ path: String, isNeeded: Bool = false
  ) -> Law? {
    guard let item = json[key] else {
      if isNeeded { fail("\(path).\(key): is missing; a law is needed") }
      return nil
    }
    guard let law = Law(item) else {
      fail(
        """
        \(path).\(key): found \(excerpt(item.compact)); a law is one of constant, quantiles, \
        lognormal, gamma, geometric
        """)
      return nil
    }
    return law
  }

  private mutating func number(
    _ json: JSON, _ key: String, _ path: String, _ bounds: ClosedRange<Double>,
    isNeeded: Bool = true
  ) -> Double? {
    guard let item = json[key] else {
      if isNeeded { fail("\(path.isEmpty ? "" : path + ".")\(key): is missing") }
      return nil
    }
    if let value = item.double, bounds.contains(value) { return value }
    fail(
      """
      \(path.isEmpty ? "" : path + ".")\(key): found \(excerpt(item.compact)); allowed are numbers \
      from \(bounds.lowerBound) to \(bounds.upperBound)
      """)
    return nil
  }

  private mutating func numbers(_ json: JSON, _ key: String, count: Int?) -> [Double] {
    guard let item = json[key] else { return [] }
    let values = (item.array ?? []).compactMap(\.double)
    let isRight = values.count == item.array?.count && values.allSatisfy { $0 >= 0 && $0 < 1e9 }
    guard isRight, count ?? values.count == values.count, values.reduce(0, +) > 0 else {
      fail(
        "\(key): found \(excerpt(item.compact)); a list of \(count.map { "\($0) " } ?? "")numbers is needed"
      )
      return []
    }
    return values
  }
}
