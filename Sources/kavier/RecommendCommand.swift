import ArgumentParser
import Explore
import Report
import Scenarios
import ServingSim
import Synchronization

/// `kavier recommend`.
struct RecommendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Tell which GPUs, and how many, meet the objectives: cheapest, greenest, fastest.",
    discussion: """
      kavier recommend --model llama-3.3-70b --quantization fp8 --rate 30/s \
      --ttft-p95 500ms --tpot-p95 40ms --accelerators h100,h200,b200 --grid DEU
      kavier recommend chat.yaml --accelerators h100,mi300x --page answer.html
      kavier recommend chat.yaml --vary fleet.engine.max_num_batched_tokens=2048,8192

      Without a scenario, requests are those of a chat service. What flags say goes before what a \
      scenario says. Plans are tried with ever longer runs; those that cannot be best are left \
      out early, and it is said why. Docs: Recommending.
      """)

  @Argument(
    help: ArgumentHelp(
      "Requests, objectives, prices and what of the fleet all plans have in common.",
      valueName: "scenario"), completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String?

  @Option(help: "The model, by its name in the catalogue or the path of its config.json.")
  var model: String?

  @Option(
    help: ArgumentHelp("Requests a second, like 30/s.", valueName: "rate"))
  var rate: String?

  @Option(help: ArgumentHelp("Tokens of every prompt.", valueName: "number"))
  var promptTokens: Int?

  @Option(help: ArgumentHelp("Tokens of every answer.", valueName: "number"))
  var outputTokens: Int?

  @Option(
    help: ArgumentHelp(
      "How many requests a whole run has. Default: the scenario's, or 5000.", valueName: "number"))
  var requests: Int?

  @Option(
    name: .customLong("ttft-p95"), help: ArgumentHelp("The most that it may be.", valueName: "time")
  )
  var ttft95: String?

  @Option(
    name: .customLong("tpot-p95"), help: ArgumentHelp("The most that it may be.", valueName: "time")
  )
  var tpot95: String?

  @Option(
    name: .customLong("e2e-p95"), help: ArgumentHelp("The most that it may be.", valueName: "time"))
  var endToEnd95: String?

  @Option(
    help: ArgumentHelp(
      "Accelerators to choose from, with commas. Default: \(AskedFor.usualAccelerators.joined(separator: ",")).",
      valueName: "names"))
  var accelerators: String?

  @Option(
    help: ArgumentHelp(
      "Accelerators to a replica, with commas. Default: 1,2,4,8.", valueName: "numbers"))
  var tensorParallel: String?

  @Option(
    help: ArgumentHelp(
      "What weights are quantized to, as vLLM's --quantization.", valueName: "name"))
  var quantization: String?

  @Option(
    help: ArgumentHelp("The country whose electricity it is, like DEU.", valueName: "country"))
  var grid: String?

  @Option(
    help: ArgumentHelp(
      "Grids that the best plans' carbon is told for, with commas, like DEU,FRA.",
      valueName: "countries"))
  var grids: String?

  @Option(
    help: ArgumentHelp(
      "Prices of an accelerator's hour, like h100=2.2,b200=4.5. Default: the catalogue's ranges.",
      valueName: "prices"))
  var price: String?

  @Option(
    help: ArgumentHelp(
      "Also try each of these values of a field, like fleet.engine.max_num_seqs=64,256. May be repeated.",
      valueName: "path=values"), completion: .assignment)
  var vary: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Put a value into the scenario. May be repeated.", valueName: "path=value"),
    completion: .assignment)
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "How sure it has to be: expected, as predicted, or sure, for nine of ten measurements.",
      valueName: "confidence"))
  var confidence: Confidence = .expected

  @Option(help: ArgumentHelp("Plans that need more are left out.", valueName: "number"))
  var mostAccelerators = 512

  @Option(help: ArgumentHelp("How many seeds plans are tried with.", valueName: "number"))
  var seeds = 1

  @OptionGroup var jobs: JobOptions

  @Option(
    help: ArgumentHelp("Also write a page with pictures there.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var page: String?

  @Option(help: "What standard output gets.")
  var format: Simulate.Format = .text

  func validate() throws {
    guard file != nil || model != nil else {
      throw ValidationError("state a scenario, or --model and --rate with an objective")
    }
    guard (1...100).contains(seeds) else {
      throw ValidationError("--seeds: found \(seeds); expected a whole number from 1 to 100")
    }
    guard (1...1_000_000).contains(mostAccelerators) else {
      throw ValidationError(
        "--most-accelerators: found \(mostAccelerators); expected a whole number from 1 to 1000000")
    }
    _ = try asked()
  }

  func run() throws {
    try Failure.explained {
      var asked = try asked()
      let page = try self.page.map { try OutputPath($0) }
      let template = try template(&asked)
      var question = Question(
        template, candidates: asked.candidates, seeds: template.seeds(seeds),
        confidence: confidence, mostAccelerators: mostAccelerators)
      question.grids = Self.list(grids)
      var runner = TrialRunner(
        template, seeds: question.seeds, workers: jobs.count,
        isStopped: { Interrupt.happened })
      runner.memoryLimit = Machine.memory
      let line = TerminalLine()
      let remarks = ToldOnce()
      runner.told = { remarks.tell($0, over: line) }
      let recommender = try Recommender(question, runner)
      guard recommender.isJudged else {
        StandardStream.problem(
          "no objective: state one, like --ttft-p95 500ms, or slo in the scenario")
        throw ExitCode(Failure.badInput)
      }
      let plans = question.candidates.count
      let done = Mutex(0)
      let answer = Interrupt.watched {
        recommender.answer { plan in
          let count = done.withLock { done in
            done += 1
            return done
          }
          line.show(
            "\(count) looked at, of \(plans) plans: \(plan.candidate.name)")
        }
      }
      line.clear()
      guard !Interrupt.happened else {
        StandardStream.problem("stopped: nothing is recommended")
        throw ExitCode(Interrupt.exitCode)
      }
      try StandardStream.out.write(
        format == .text
          ? RecommendationText.render(answer, recommender.question)
          : RecommendationJSON.render(answer, recommender.question))
      try page?.write(RecommendationPage.render(answer, recommender.question))
      if answer.cheapest == nil { throw ExitCode(ObjectiveCheck.missed) }
    }
  }

  private func template(_ asked: inout AskedFor) throws -> ScenarioTemplate {
    let template =
      try file.map { try ScenarioTemplate(file: $0) }
      ?? ScenarioTemplate(text: AskedFor.scenario, name: "the question")
    asked.fleet = template.fleetPath
    return try template.setting(asked.overrides + [Override](assignments: overrides))
  }

  private func asked() throws -> AskedFor {
    var asked = AskedFor()
    asked.model = model
    asked.rate = rate
    asked.promptTokens = promptTokens
    asked.outputTokens = outputTokens
    asked.requests = requests
    asked.limits = [
      ("slo.ttft.p95", ttft95), ("slo.tpot.p95", tpot95), ("slo.e2e.p95", endToEnd95),
    ]
    .compactMap { path, limit in limit.map { (path, $0) } }
    asked.grid = grid
    asked.quantization = quantization
    asked.accelerators = Self.list(accelerators)
    asked.tensorParallel = try Self.list(tensorParallel).map { word in
      guard let degree = Int(word), (1...1024).contains(degree) else {
        throw ValidationError("--tensor-parallel: found \"\(word)\"; expected numbers like 1,2,4")
      }
      return degree
    }
    asked.prices = try Self.list(price).map { word in
      let (name, value) = try Self.pair(word, "--price", "h100=2.2,b200=4.5")
      return (name, value)
    }
    asked.varied = try vary.map { text in
      let (path, values) = try Self.pair(text, "--vary", "fleet.engine.max_num_seqs=64,256")
      return (path, Self.list(values))
    }
    return asked
  }

  private static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { $0.trimmingPrefix { $0 == " " }.description }
  }

  private static func pair(
    _ text: String, _ option: String, _ example: String
  ) throws -> (String, String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw ValidationError("\(option): found \"\(text)\"; expected something like \(example)")
    }
    return (parts[0], parts[1])
  }
}

extension Confidence: ExpressibleByArgument {}
