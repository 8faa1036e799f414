import ArgumentParser
import Endpoint
import ServingSim

extension Serve {
  private static let loopback = ["127.0.0.1", "::1", "localhost"]

  func validate() throws {
    let problems = hostProblems + numberProblems + faultProblems
    if !problems.isEmpty { throw ValidationError(problems.joined(separator: "\n")) }
  }

  /// What the options come to. Reads the file with the token.
  func endpointOptions(_ plan: Plan) throws -> EndpointOptions {
    var options = EndpointOptions(
      modelName: modelName ?? plan.replicas.lazy.compactMap(\.model).first ?? plan.name)
    options.version = Kavier.configuration.version
    options.host = host
    options.port = port
    options.speed = speed
    options.threads = threads
    options.faults = try faultRates()
    options.limits.concurrency = maxConcurrency
    options.limits.waiting = maxWaiting
    options.limits.connections = maxConnections
    options.limits.bodyBytes = maxBody
    options.limits.allBodyBytes = max(maxBody, maxBodies)
    options.tellsDynamoMetrics = dynamoMetrics
    options.vocabulary = try vocabulary()
    options.limits.requestTime = requestTimeout
    options.limits.drainTime = drainTime
    options.keepsOutcomes = out != nil
    options.token = try tokenFile.map(token)
    return options
  }

  private var hostProblems: [String] {
    guard !Self.loopback.contains(host) else { return [] }
    guard allowRemote, tokenFile != nil else {
      return [
        "--host \(host): others could reach the server there; that needs --allow-remote and "
          + "--token-file, or one of \(Self.loopback.joined(separator: ", "))"
      ]
    }
    return []
  }

  private var numberProblems: [String] {
    var problems: [String] = []
    func check(_ option: String, _ value: Int, _ range: ClosedRange<Int>) {
      if !range.contains(value) {
        problems.append(
          "--\(option) \(value): expected a number from \(range.lowerBound) to \(range.upperBound)")
      }
    }
    check("port", port, 0...65_535)
    check("max-concurrency", maxConcurrency, 1...100_000)
    check("max-waiting", maxWaiting ?? 0, 0...1_000_000)
    check("max-connections", maxConnections, 1...100_000)
    check("max-body", maxBody, 1...(1 << 30))
    check("max-bodies", maxBodies, 1...(1 << 36))
    check("request-timeout", requestTimeout, 1...86_400)
    check("drain-time", drainTime, 0...86_400)
    check("threads", threads, 1...64)
    if !(speed >= 0.001 && speed <= 1000) {
      problems.append("--speed \(speed): expected a number from 0.001 to 1000")
    }
    if let bytesPerToken, !ByteVocabulary.allowed.contains(bytesPerToken) {
      problems.append("--bytes-per-token \(bytesPerToken): expected a number from 1 to 7")
    }
    if bytesPerToken != nil, tokenizer != nil {
      problems.append("--bytes-per-token and --tokenizer: only one says what a token is")
    }
    return problems
  }

  /// The largest tokenizer.json that is read.
  private static let longestTokenizer = 1 << 28

  private func vocabulary() throws -> Vocabulary {
    guard let tokenizer else {
      return .bytes(ByteVocabulary(bytesPerToken: bytesPerToken ?? ByteVocabulary.usual))
    }
    guard let text = TextFile.read(tokenizer, limit: Self.longestTokenizer) else {
      StandardStream.problem("--tokenizer \(tokenizer): cannot be read")
      throw ExitCode(Failure.missingInput)
    }
    do {
      return .tokenizer(try Tokenizer.read(json: text))
    } catch {
      StandardStream.problem("--tokenizer \(tokenizer): it \(error.message)")
      throw ExitCode(Failure.badInput)
    }
  }

  private var faultProblems: [String] {
    do {
      _ = try faultRates()
      return []
    } catch {
      return [error.message]
    }
  }

  private func faultRates() throws(ValidationError) -> FaultRates {
    var rates = FaultRates()
    for assignment in fault {
      let parts = assignment.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let kind = Fault(rawValue: String(parts[0])),
        let share = Double(parts[1]), share >= 0, share <= 1
      else {
        throw ValidationError(
          "--fault \(assignment): expected KIND=SHARE with the kind error, stall or reset and a "
            + "share from 0 to 1, for example error=0.01")
      }
      rates[kind] = share
    }
    guard rates.total <= 1 else {
      throw ValidationError("--fault: the shares come to \(rates.total), more than 1")
    }
    return rates
  }

  private func token(_ path: String) throws -> String {
    guard let text = TextFile.read(path, limit: 4096) else {
      StandardStream.problem("--token-file \(path): cannot be read")
      throw ExitCode(Failure.missingInput)
    }
    let token = String(
      text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      StandardStream.problem(
        "--token-file \(path): expected one word of visible ASCII characters")
      throw ExitCode(Failure.badInput)
    }
    return token
  }
}
