import ArgumentParser
import Report
import Scenarios
import ServingSim
import SimKernel

/// `kavier timeline`.
struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Show a recorded run step by step: for Perfetto, or as text.",
    discussion: """
      kavier timeline results -o run.pftrace
      kavier timeline results -o run.json --from 60 --until 90 --replica 0
      kavier timeline results --diagram

      The file is a trace of Perfetto, or where its name ends in .json a Chrome trace. \
      ui.perfetto.dev opens both, chrome://tracing the latter: for each replica its steps, requests \
      with their preemptions, KV blocks and batch. Runs keep no steps, so they are gone through \
      again from the run's plan.yaml, up to --until, and held against what was recorded; a trace \
      that the plan names has to be there. Of long runs the first \(RunTimeline.mostSteps) steps \
      from --from on are shown.
      """)

  @Argument(
    help: ArgumentHelp("A directory that simulate --out wrote.", valueName: "run"),
    completion: .directory)
  var path: String

  @Option(
    name: [.customLong("out"), .customShort("o")],
    help: ArgumentHelp("Where the timeline goes.", valueName: "file"),
    completion: .file(extensions: ["pftrace", "json"]))
  var output: String?

  @Flag(help: "Print the first steps of a replica as text.")
  var diagram = false

  @Option(help: ArgumentHelp("Only this replica; may be repeated.", valueName: "number"))
  var replica: [Int] = []

  @Option(help: ArgumentHelp("Seconds from the run's start.", valueName: "s"))
  var from = 0.0

  @Option(help: ArgumentHelp("Seconds from the run's start.", valueName: "s"))
  var until: Double?

  @Option(help: ArgumentHelp("Steps of the diagram.", valueName: "count"))
  var steps = StepPanels.mostSteps

  func validate() throws {
    guard diagram != (output != nil) else {
      throw ValidationError("expected either --out FILE or --diagram")
    }
    let longest = SimTime.last.seconds
    for (name, value) in [("from", from), ("until", until ?? longest)] {
      guard (0...longest).contains(value) else {
        throw ValidationError("--\(name) \(value): expected 0 to \(Int(longest)) seconds")
      }
    }
    guard (1...10_000).contains(steps) else {
      throw ValidationError("--steps \(steps): expected 1 to 10000")
    }
  }

  func run() throws {
    try Failure.explained {
      let recorded = try RunDirectory.read(path)
      let plan = try ScenarioLoader.load(file: path + "/plan.yaml").plan
      let recording = try recorded.recording(of: plan)
      try check(plan, recording)
      if diagram { return try StandardStream.out.write(panels(plan, recording)) }
      guard let output else { return }
      let file = try OutputPath(output)
      let timeline = try RunTimeline(
        plan, recording, replicas: engines(of: plan, recording),
        from: SimTime(seconds: from), until: until.map { SimTime(seconds: $0) } ?? .never)
      let isJSON = output.hasSuffix(".json")
      try file.write { sink in
        if isJSON {
          try ChromeTrace.write(timeline, to: sink)
        } else {
          try PerfettoTrace.write(timeline, to: sink)
        }
      }
      conclude(timeline, recording)
    }
  }

  private func panels(_ plan: Plan, _ recording: Recording) -> String {
    (replica.isEmpty ? [0] : engines(of: plan, recording)).map {
      StepPanels.text(of: $0, in: plan, recording, steps: steps)
    }.joined(separator: "\n")
  }

  /// Those asked for, each with all its data parallel ranks; all of them where none is.
  private func engines(of plan: Plan, _ recording: Recording) -> [Int] {
    let numbers = plan.engineNumbers(recording)
    return numbers.indices.filter { replica.isEmpty || replica.contains(numbers[$0].replica) }
  }

  private func check(_ plan: Plan, _ recording: Recording) throws {
    let count = (plan.engineNumbers(recording).last?.replica ?? -1) + 1
    for number in replica where !(0..<count).contains(number) {
      throw ValidationError(
        "--replica \(number): the run has replicas 0 to \(count - 1)")
    }
  }

  private func conclude(_ timeline: RunTimeline, _ recording: Recording) {
    guard timeline.until < min(recording.end, until.map { SimTime(seconds: $0) } ?? .never) else {
      return
    }
    StandardStream.problem(
      "the timeline ends at \(Figures.fixed(timeline.until.seconds, decimals: 3)) s of "
        + "\(Figures.fixed(recording.end.seconds, decimals: 3)) s, after "
        + "\(Figures.count(RunTimeline.mostSteps)) steps; --from and --replica show others")
  }
}
