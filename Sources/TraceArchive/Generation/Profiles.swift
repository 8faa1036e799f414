import ServingModel
package import TextAndBytes

/// The profiles that `kavier trace generate` knows by name. A new one is a constant here and its
/// place in `all`.
package enum Profiles {
  package static let all = [
    azureConv, azureCode, longChat, retrieval, coding, reasoning, multimodal, mixture,
  ]

  package static func named(_ name: String) -> TraceProfile? { all.first { $0.name == name } }

  /// The quantiles of a length table.
  private static func law(_ lengths: TokenLengths?) -> Law {
    if case .quantiles(let values)? = lengths?.law { .quantiles(values) } else { .constant(1) }
  }

  private static func client(
    _ name: String, table: String, variation: Double
  ) -> TraceProfile.Client {
    let table = LengthTables.named(table)
    var client = TraceProfile.Client(name)
    client.gapVariation = variation
    client.input = law(table?.promptTokens)
    client.output = law(table?.outputTokens)
    return client
  }

  /// Requests an hour over their mean, on weekdays in UTC.
  private static let conversationHours: [Double] = [
    2743, 2998, 2940, 2426, 2479, 2704, 3104, 3349, 3412, 3321, 2993, 3176, 3553, 3944, 4132,
    3817, 3470, 3357, 3320, 3118, 2820, 2367, 2134, 2230,
  ]
  private static let codeHours: [Double] = [
    1463, 1424, 1326, 1089, 864, 710, 617, 524, 487, 505, 545, 802, 1482, 2514, 3527, 3778, 3598,
    4137, 4544, 4654, 4251, 3126, 2273, 1707,
  ]

  private static let azureConv: TraceProfile = {
    var profile = TraceProfile(
      "azure-conv", "Azure's conversations: nearly Poisson, three regions' days",
      source: "lengths and gaps of Azure 2023, days and weeks of Azure 2024", rate: 5.53,
      clients: [client("conversation", table: "azure2023-conv", variation: 1.04)])
    profile.hours = conversationHours
    profile.weekdayToWeekend = 1.76
    return profile
  }()

  private static let azureCode: TraceProfile = {
    var code = client("code", table: "azure2023-code", variation: 2.2)
    // 69 % of the time lies in gaps over 10 s.
    code.burst = (on: 12, off: 26)
    var profile = TraceProfile(
      "azure-code", "Azure's code completion: bursts, office hours, few answers' tokens",
      source: "lengths and gaps of Azure 2023, days and weeks of Azure 2024", rate: 2.57,
      clients: [code])
    profile.hours = codeHours
    profile.weekdayToWeekend = 3.1
    return profile
  }()

  private static let longChat: TraceProfile = {
    var chat = TraceProfile.Client("chat")
    chat.output = .clipped(.mix(0.338, (4.024, 1.617), (6.008, 0.346)), min: 1, max: 2000)
    var session = TraceProfile.Session(
      turns: .geometric(mean: 1.48),
      first: .clipped(.mix(0.084, (6.805, 0.01), (8.914, 1.094)), min: 600, max: 126_195),
      added: .clipped(.lognormal(4.9, 2.4), min: 1, max: 100_000),
      think: .lognormal(4.904, 0.973))
    session.sharedTokens = 512
    chat.session = session
    return TraceProfile(
      "long-chat", "Long prompts with follow-ups, as of Kimi's users",
      source: "Mooncake's conversation trace", rate: 2.3, clients: [chat], blockSize: 512)
  }()

  private static let retrieval: TraceProfile = {
    var client = TraceProfile.Client("retrieval")
    client.gapVariation = 1.24
    client.output = .gamma(shape: 2.083, scale: 136)
    client.parts = TraceProfile.Parts(
      systemShares: [0.767, 0.197, 0.036], systemTokens: 512, dynamicTokens: 864, passages: 6,
      documents: 3235, popularity: 1.21, passageTokens: .gamma(shape: 6, scale: 42),
      question: .clipped(.lognormal(3.4, 1.6), min: 1, max: 4000))
    var profile = TraceProfile(
      "rag", "Questions with retrieved passages, on a campus",
      source: "RAGPulse: parts, popularity, lengths and gaps", rate: 0.0118, clients: [client])
    profile.hours = [
      1.29, 1.43, 1.62, 1.64, 1.51, 1.28, 1.47, 1.56, 1.27, 1.26, 1.34, 1.10, 1.08, 0.36, 0.22,
      0.08, 0.07, 0.07, 0.12, 0.36, 0.78, 1.05, 1.50, 1.53,
    ]
    return profile
  }()

  private static let coding: TraceProfile = {
    var client = TraceProfile.Client("coding")
    client.output = .mix(0.492, (5.085, 0.406), (6.032, 0.986))
    var session = TraceProfile.Session(
      turns: .clipped(.gamma(shape: 1.04, scale: 63), min: 1, max: 600),
      first: .clipped(.lognormal(10.593, 1.146), min: 11_000, max: 600_000),
      added: .mix(0.660, (6.277, 0.718), (7.814, 1.344)), think: .lognormal(4.871, 1.721))
    session.toolThink = .mix(0.681, (1.940, 0.530), (3.761, 1.491))
    session.toolShare = 0.86
    session.resetShare = 0.018
    session.sharedTokens = 14_000
    session.agentShare = 0.004
    session.agentCalls = .geometric(mean: 11)
    session.agentFirst = .lognormal(9.24, 0.4)
    client.session = session
    return TraceProfile(
      "agentic-coding", "Coding agents: growing contexts, tools, sub-agents",
      source: "kv-cache-tester's sessions of Claude Code", rate: 0.01, clients: [client],
      blockSize: 64)
  }()

  private static let reasoning: TraceProfile = {
    var client = TraceProfile.Client("reasoning")
    client.gapVariation = 1.02
    client.input = .clipped(.lognormal(5.229, 1.834), min: 1, max: 65_536)
    client.output = .clipped(.mix(0.722, (6.411, 0.694), (7.716, 0.955)), min: 1, max: 32_768)
    client.reasoning = .quantiles([
      0.1, 0.32, 0.36, 0.40, 0.44, 0.50, 0.56, 0.62, 0.67, 0.72, 0.76, 0.79, 0.82, 0.84, 0.87,
      0.90, 0.91, 0.93, 0.95, 0.97, 1,
    ])
    return TraceProfile(
      "reasoning", "Answers that are mostly reasoning", source: "ServeGen's deepseek-r1",
      rate: 1, clients: [client])
  }()

  private static let multimodal: TraceProfile = {
    var client = TraceProfile.Client("multimodal")
    client.gapVariation = 1.01
    client.input = .clipped(.lognormal(6.66, 1.07), min: 1, max: 60_000)
    client.output = .mix(0.454, (3.099, 1.475), (5.056, 0.517))
    client.imageShare = 0.5
    client.images = .quantiles([
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 9, 9, 16, 25, 165, 520,
    ])
    client.imageTokens = .clipped(.lognormal(6.29, 0.6), min: 16, max: 1280)
    return TraceProfile(
      "multimodal", "Requests with images, few with very many",
      source: "Azure 2025's images a request, ServeGen's image tokens", rate: 1.65,
      clients: [client])
  }()

  /// Clients of very different size and burstiness, as ServeGen found them.
  private static let mixture: TraceProfile = {
    let variations = [0.94, 1.0, 1.1, 1.19, 1.3, 1.6, 2.2, 4, 6.2, 12]
    let clients = (0..<40).map { index in
      var client = TraceProfile.Client("client-\(index)")
      let rank = Double(index + 1)
      client.share = 1 / (rank * rank.squareRoot())
      client.gapVariation = variations[index * 7 % variations.count]
      let shift = Double(index * 13 % 9) / 4 - 1
      client.input = .clipped(.lognormal(6.2 + shift * 0.8, 1.0), min: 1, max: 32_768)
      client.output = .clipped(.lognormal(4.3 - shift * 0.6, 1.1), min: 1, max: 8192)
      client.sloClass = index % 5 == 4 ? "batch" : "standard"
      return client
    }
    var profile = TraceProfile(
      "client-mixture", "Forty clients of very different size and burstiness",
      source: "ServeGen: skew and variation of clients", rate: 10, clients: clients)
    profile.hours = [
      0.85, 0.80, 0.79, 0.79, 0.80, 0.83, 0.88, 0.95, 1.05, 1.10, 1.12, 1.10, 1.05, 1.08, 1.12,
      1.14, 1.13, 1.10, 1.08, 1.10, 1.12, 1.10, 1.02, 0.90,
    ]
    return profile
  }()
}

extension Profiles {
  /// The profile of that name, or in the file of that path.
  package static func find(_ name: String) throws(FileProblems) -> TraceProfile {
    if let profile = named(name) { return profile }
    guard Folder.exists(name) else {
      let hint = Spelling.hint(for: name, of: all.map(\.name))
      throw FileProblems(
        FileProblem(
          file: name,
          message: """
            is neither a file nor a profile\(hint); profiles are \
            \(all.map(\.name).joined(separator: ", "))
            """))
    }
    return try TraceProfile.read(path: name)
  }
}

extension TraceProfile {
  /// Writes the profile as a file, beside its place first.
  package func write(to path: String) throws(FileProblems) {
    do throws(FileProblem) {
      let file = try StagedFile(path: path)
      try file.append { $0 += json.document.utf8 }
      try file.commit()
    } catch {
      throw FileProblems(error)
    }
  }
}
