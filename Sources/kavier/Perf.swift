import ArgumentParser
import KavierOriginal
import Report

/// `kavier perf`.
struct Perf: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a trace as the original Kavier's kavier-perf does.",
    discussion: """
      kavier perf --trace input.csv
      kavier perf --trace input.csv --as 0.5.3 --export_rate 1
      kavier perf --trace input.csv --fixed

      Gives the same summary and the same tasks.parquet and fragments.parquet as the original, in \
      a folder of --output_folder named after the time. Each request is served alone; what a fleet \
      with batching would do, kavier simulate tells.
      """)

  enum Switch: String, CaseIterable, ExpressibleByArgument { case on, off }

  @OptionGroup var original: OriginalOptions

  @Option(
    help: "The model, by the original's name.",
    completion: .list(OriginalOptions.names { OriginalModel.all($0).map(\.name) }))
  var llm = "Llama-3-8B"

  @Option(
    help: "The GPU, by the original's name.",
    completion: .list(OriginalOptions.names { OriginalGPU.all($0).map(\.name) }))
  var gpu = "A10"

  @Option(
    help: ArgumentHelp("CSV or Parquet with num_input_tokens and num_output_tokens."),
    completion: .file(extensions: ["csv", "gz", "parquet"]))
  var trace = "src/data/input/input_example.csv"

  @Option(
    name: .customLong("output_folder"),
    help: "Default: src/data/output, and kavier_output as 0.5.3.", completion: .directory)
  var outputFolder: String?

  @Option(name: .customLong("kv_cache"), help: "Whether there is a KV cache.")
  var kvCache: Switch = .on

  @Option(name: .customLong("prefix_len"), help: "Has no effect, as in the original.")
  var prefixLength = 1024

  @Option(name: .customLong("export_rate"), help: "Seconds from a fragment to the next.")
  var exportRate = 0.1

  @Option(
    name: .customLong("flush_size"),
    help: "Has no effect on the files. Memory does not depend on the number of fragments.")
  var flushSize = 1000

  @Option(
    name: .customLong("prefix_cache_min_tokens"),
    help: "Tokens that a prompt needs to be looked up, and that have to be equal.")
  var prefixMinimum = 1024

  @Option(name: .customLong("max_cached_prompts"), help: "Prefixes that are kept.")
  var cachedPrompts = 10

  @Option(name: .customLong("cache_scope"), help: "Whose prefixes a request can hit.")
  var scope: PrefixScope = .session

  @Option(name: .customLong("prefix_cache_policy"), help: "What a hit skips.")
  var policy: PrefixPolicy = .prefill

  @Option(
    name: .customLong("submission_time"),
    help: ArgumentHelp(
      "When 0.1.0's tasks are submitted, in place of the clock's time.",
      valueName: "ms since 1970"))
  var submissionTime: Int64?

  func run() throws {
    try Failure.explained {
      let settings = try settings()
      var run = OriginalRun(settings)
      let folder =
        outputFolder ?? (original.release == .v0_1_0 ? "src/data/output" : "kavier_output")
      let source = OriginalTrace(path: trace, settings.behaviour)
      let directory = try RunFolder.make(in: folder)
      // A run that fails leaves no folder behind.
      defer { RunFolder.removeIfEmpty(directory.path) }
      try directory.write(together: ["tasks.parquet", "fragments.parquet", "_sim_results.txt"]) {
        sinks in
        var tasks = try TaskTable(
          settings, start: submissionTime ?? RunFolder.millisecondsSince1970(), to: sinks[0])
        var fragments = try FragmentTable(settings, to: sinks[1])
        try run.play(source, into: &tasks, &fragments)
        try Array(run.summary().utf8).withUnsafeBytes { try sinks[2]($0) }
      }
      try StandardStream.out.write(run.summary())
      StandardStream.problem("written to \(directory.path)")
    }
  }

  private func settings() throws -> OriginalSettings {
    var settings = try OriginalSettings(gpu: gpu, model: llm, original.behaviour)
    settings.hasKVCache = kvCache == .on
    settings.exportRate = exportRate
    settings.prefixMinimum = prefixMinimum
    settings.cachedPrompts = cachedPrompts
    settings.scope = scope
    settings.policy = policy
    try settings.check()
    return settings
  }
}
