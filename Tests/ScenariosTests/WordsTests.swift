import ServingModel
import SimKernel
import Testing

@testable import Scenarios

/// What people write, and what they are told.
@Suite(.timeLimit(.minutes(30))) struct WordsTests {
  @Test(arguments: [
    ("H100", "h100-sxm"), ("8xH100", "h100-sxm"), ("NVIDIA H100", "h100-sxm"),
    ("A100", "a100-sxm-80"), ("h100_sxm", "h100-sxm"), ("MI300", "mi300x"), ("B200", "b200-sxm"),
  ])
  func `an accelerator by another name`(typed: String, meant: String) {
    let guesses = HardwareNames.accelerators(for: typed)
    #expect(guesses.contains(meant), "\(guesses)")
    #expect(guesses.count <= 5)
  }

  @Test(arguments: [
    ("70B", "llama-3.1-70b"), ("llama3", "llama-3-8b"), ("Llama-3.1-70B-Instruct", "llama-3.1-70b"),
    ("meta-llama/Llama-3.3-70B-Instruct", "llama-3.3-70b"),
    ("Llama-3.3-70B-Instruct", "llama-3.3-70b"), ("lama-3.1-8b", "llama-3.1-8b"),
  ])
  func `a model by another name`(typed: String, meant: String) {
    let guesses = HardwareNames.models(for: typed)
    #expect(guesses.contains(meant), "\(guesses)")
    #expect(guesses.count <= 5)
  }

  @Test func `a model without its owner is found`() {
    #expect(Models.named("Llama-3.1-70B-Instruct")?.id == "llama-3.1-70b")
    #expect(Models.named("70b") == nil)
  }

  @Test(arguments: [
    ("DE", "DEU"), ("de", "DEU"), ("Germany", "DEU"), ("germany", "DEU"), ("deu", "DEU"),
    ("us-east-1", "USA"), ("eu-north-1", "SWE"), ("westeurope", "NLD"), ("US-CAL-CISO", "USA"),
    ("Grmany", "DEU"), ("France", "FRA"), ("UK", "GBR"),
  ])
  func `a grid by its country or region`(typed: String, meant: String) {
    #expect(GridNames.guesses(for: typed).first == meant)
  }

  @Test(arguments: [
    ("30 seconds", "30 s"), ("1.5 Hours", "1.5 h"), ("20 S", "20 s"),
  ])
  func `a time in another unit`(typed: String, meant: String) {
    #expect(Units<SimDuration>.duration.hint(for: typed) == "; did you mean \"\(meant)\"?")
  }

  @Test func `other units`() {
    #expect(Units<Bytes>.size.hint(for: "80 gib").contains("\"80 GiB\""))
    #expect(Units<FLOPsPerSecond>.compute.hint(for: "989 TFLOPS").contains("\"989 TFLOP/s\""))
    #expect(Units<Double>.intensity.hint(for: "380 gCO2e/kWh").contains("\"380 g/kWh\""))
    #expect(Units<Double>.rate.hint(for: "5 rps").contains("\"5 /s\""))
    #expect(Units<SimDuration>.duration.hint(for: "5 parsecs") == "")
  }

  private static func problems(_ sets: String...) -> String {
    let text = """
      workload:
        synthetic: {requests: 20, arrivals: {rate: 1 /s}, prompt_tokens: 100, output_tokens: 5}
      fleet: {model: llama-3.1-8b, accelerator: h100-sxm}
      """
    do {
      _ = try ScenarioLoader.load(
        SourceFile(name: "s.yaml", text: text, folder: ""), overrides: sets)
      return ""
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    ("fleet.engine.tp_size=2", "SGLang's name; here it is tensor_parallel_size"),
    ("fleet.engine.mem_fraction_static=0.8", "not the same share"),
    ("fleet.engine.max_running_requests=8", "here it is max_num_seqs"),
    ("fleet.engine.max-num-seqs=8", "did you mean \"max_num_seqs\""),
    ("fleet.engine.--max-num-seqs=8", "did you mean \"max_num_seqs\""),
    ("fleet.engine.enable_lora=true", "an option of vLLM that is not simulated"),
    ("fleet.engine.enable-lora=true", "an option of vLLM that is not simulated"),
    ("fleet.engine.num_speculative_tokens=3", "speculative_config"),
    ("fleet.engine.kv_transfer_config=x", "where prefill runs"),
    ("fleet.engine.cpu_offload_gb=4", "come from the host's memory"),
    ("fleet.engine.served_model_name=x", "changes no time; leave it out"),
    ("fleet.engine.max_beam_width=4", "an option of TensorRT-LLM that is not simulated"),
    ("fleet.engine.max_num_partial_prefills=4", "an option that vLLM itself does not start with"),
    ("fleet.engine.max-long-partial-prefills=2", "long_prefill_token_threshold limits"),
    ("fleet.tensor_parallel_size=2", "it goes into fleet.engine.tensor_parallel_size"),
    ("router=prefix_aware", "did you mean \"prefix_affinity\""),
    ("fleet.accelerator=8xH100", "how many goes into engine.tensor_parallel_size"),
  ])
  func `what real engines have is told from misprints`(assignment: String, told: String) {
    let found = Self.problems(assignment)
    #expect(found.contains(told), "\(found)")
    #expect(!found.contains("\n") && found.count < 400, "\(found)")
  }

  @Test(arguments: [
    "fleet.engine.quantization=FP8", "fleet.engine.dtype=BFLOAT16", "router=Round-Robin",
    "fleet.engine.kv_cache_dtype=FP8",
  ])
  func `words are read in any case`(assignment: String) {
    #expect(Self.problems(assignment) == "")
  }

  @Test func `no option of ours is called another engine's`() {
    for field in EngineSection.fields {
      if case .named(let here, _)? = EngineArgument.named(field)?.argument {
        #expect(here == field)
      } else {
        #expect(EngineArgument.named(field) == nil, "\(field)")
      }
    }
    for (_, list) in EngineArguments.all {
      for case .named(let here, _) in list.values where here != "model" {
        #expect(EngineSection.fields.contains(here), "\(here)")
      }
    }
  }

  @Test func `a word like no other gets the list of those that are known`() {
    let found = Self.problems("fleet.engine.zzz=1")
    #expect(found.contains("unknown field; known here: ") && found.contains("max_num_seqs"))
    #expect(found.contains("Docs/ScenarioReference.md has all"))
    #expect(found.count < 700, "\(found)")
  }
}
