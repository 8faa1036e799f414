import Foundation
import Testing

/// The likeliest mistakes at the command line: one clear message each, and its exit code.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct MistakesTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var line: String
    var code: Int32
    /// What the message has to say.
    var told: String
    var testDescription: String { line }

    init(_ line: String, _ code: Int32, _ told: String) {
      self.line = line
      self.code = code
      self.told = told
    }
  }

  private static let files = [
    "empty.yaml": "", "indent.yaml": "fleet:\n   model: llama-3.1-8b\n  replicas: 2\n",
    "tabs.yaml": "fleet:\n\tmodel: llama-3.1-8b\n", "colon.yaml": "name: a: b\n",
    "short.yaml":
      "workload: {trace: log.csv}\nfleet: {model: llama-3.1-8b, accelerator: h100-sxm}\n",
    "traceless.yaml": """
    workload: {trace: {path: nowhere.csv}}
    fleet: {model: llama-3.1-8b, accelerator: h100-sxm}

    """,
    "log.csv": "timestamp,prompt_tokens,output_tokens\n0,1,2\n",
    "bytes.csv": "\u{1}\u{2}\u{3},\u{4}\n\u{5}\n",
  ]

  @Test(arguments: [
    // Names of commands and options.
    Mistake("simulat", 64, "did you mean \"simulate\""),
    Mistake("help explore", 64, "no command \"explore\""),
    Mistake("trace imprt", 64, "did you mean \"import\""),
    Mistake("catalog gpus", 64, "has no command \"gpus\""),
    Mistake("simulate --sett seed=1", 64, "--sett"),
    Mistake("simulate --format html", 64, "html"),
    Mistake("plot . --figure ttft -o a.svg", 64, "did you mean \"ttft-cdf\""),
    Mistake("plot . --figure ttft-cdf -o a.doc", 64, ".svg, .pdf or .png"),
    Mistake("simulate --out a --out b", 64, "--out stated 2 times; it can be stated once"),
    Mistake("report . -o a.html --out b.html", 64, "--out and -o stated 2 times"),
    Mistake("help trace imprt", 64, "did you mean \"import\""),
    Mistake("simulate --seed 1", 64, "--seed"),
    Mistake("serve --port 99999", 64, "a number from 0 to 65535"),
    Mistake("trace record http://127.0.0.1:1 --lengths 5:5 --out q", 64, "needs --rate"),
    Mistake("trace archive fetch nope", 65, "kavier trace archive list lists all"),
    // --set.
    Mistake("simulate --set seed", 64, "expected PATH=VALUE"),
    Mistake("simulate --set =1", 64, "expected PATH=VALUE"),
    Mistake("plan --set fleet.engin.x=1", 65, "did you mean \"engine\""),
    Mistake("plan --set slo.ttft=1", 65, "with its unit"),
    Mistake("plan --set slo.ttft='-1 s'", 65, "expected a time"),
    Mistake("plan --set fleet.replicas=-1", 65, "a whole number from 1"),
    Mistake("plan --set fleet.accelerator=H100", 65, "\"h100-sxm\""),
    Mistake("plan --set fleet.accelerator=RTX4090", 65, "\"rtx-4090\""),
    Mistake("plan --set fleet.model=llama3-8b", 65, "\"llama-3-8b\""),
    Mistake("plan --set impact.grid=DE", 65, "did you mean DEU (Germany)?"),
    Mistake("plan --set impact.grid=Germany", 65, "did you mean DEU (Germany)?"),
    Mistake("plan --set router=prefix_aware", 65, "did you mean \"prefix_affinity\""),
    Mistake("plan --set fleet.router=prefix_affinity", 65, "it goes to the top, as router"),
    Mistake("plan --set fleet.precision=FP8", 65, "fleet.engine.quantization"),
    Mistake("plan --set fleet.gpus=8", 65, "fleet.engine.tensor_parallel_size"),
    Mistake("plan --set fleet.gpu=h100-sxm", 65, "here it is fleet.accelerator"),
    Mistake("plan --set fleet.tensor_parallel_size=2", 65, "fleet.engine.tensor_parallel_size"),
    Mistake("plan --set slo.ttft_p99=1s", 65, "did you mean \"ttft\"?"),
    Mistake("plan --set fleet.engine.enable_lora=true", 65, "vLLM that is not simulated"),
    Mistake("plan --set fleet.engine.speculative_config={}", 65, "method: missing; expected"),
    Mistake("plan --set fleet.engine.chunked_prefill_size=512", 65, "it is max_num_batched_tokens"),
    Mistake("plan --set fleet.engine.mem_fraction_static=0.9", 65, "gpu_memory_utilization"),
    Mistake("plan --set fleet.engine.max_batch_size=64", 65, "TensorRT-LLM's name; here it is"),
    Mistake("plan --set fleet.engine.tensor-parallel-size=2", 65, "\"tensor_parallel_size\""),
    // Files.
    Mistake("simulate indent.yaml", 65, "indent.yaml:3: not YAML"),
    Mistake("simulate indent.yaml", 65, "indented as its neighbours are?"),
    Mistake("simulate tabs.yaml", 65, "with spaces, not with tabs"),
    Mistake("simulate colon.yaml", 65, "needs quotes"),
    Mistake("simulate short.yaml", 65, "expected a mapping like {path: FILE}"),
    Mistake("simulate log.csv", 65, "a trace by its name, and no scenario"),
    Mistake("trace stats .", 65, "holds no trace.json"),
    Mistake("trace stats empty.yaml", 65, "the file is empty"),
    Mistake("trace import empty.yaml", 65, "the file is empty"),
    Mistake("trace stats bytes.csv", 65, "holds bytes that are no text"),
    Mistake("simulate traceless.yaml", 66, "cannot read \"nowhere.csv\": No such file"),
    Mistake("simulate no.yaml", 66, "no.yaml: cannot read: No such file"),
    Mistake("plan no.yaml", 66, "no.yaml: cannot read: No such file"),
    Mistake("simulate .", 65, "Is a directory"),
    Mistake("simulate empty.yaml", 65, "empty.yaml"),
    Mistake("report no", 66, "no"), Mistake("bill no", 66, "no"),
    Mistake("timeline no -o a.json", 66, "no"),
    Mistake("plot no --figure ttft-cdf -o a.svg", 66, "no"),
    Mistake("export opendc no --out x", 66, "no"),
    Mistake("report empty.yaml", 65, "not a recorded run"),
    Mistake("trace stats no.jsonl", 66, "no.jsonl"),
    Mistake("trace validate no.jsonl", 66, "no.jsonl"),
    Mistake("trace import no.jsonl", 66, "no.jsonl"),
    Mistake("validate no.csv", 66, "no.csv"),
    Mistake("simulate --out empty.yaml", 73, "cannot create empty.yaml"),
    Mistake("catalog models 70B", 65, "\"llama-3.1-70b\""),
    Mistake("explain fleet.scaling.polcy", 65, "did you mean \"fleet.scaling.policy\"?"),
    Mistake("explain nonsense", 65, "no field \"nonsense\"; kavier explain lists the top level"),
    Mistake("explain fleet --format markdown", 64, "takes no path"),
  ])
  func `is told in a message of its own`(mistake: Mistake) throws {
    let scratch = try Scratch()
    for (name, text) in Self.files { _ = try scratch.file(name, text) }
    let words = mistake.line.split(separator: " ").map { String($0) }
    let joined = words.joined(separator: " ").replacingOccurrences(of: "'-1 s'", with: "-1\u{a0}s")
    let result = try Program.run(joined.split(separator: " ").map { String($0) }, in: scratch.path)
    #expect(result.code == mistake.code, "\(result.problems)")
    #expect(result.problems.contains(mistake.told), "\(result.problems)")
    #expect(result.out == "")
    // One message, with the parser's usage below it at most.
    let lines = result.problems.split(separator: "\n").prefix { !$0.hasPrefix("Usage:") }
    #expect(lines.count <= 3, "\(result.problems)")
    #expect(lines.allSatisfy { $0.count < 500 }, "\(result.problems)")
  }
}
