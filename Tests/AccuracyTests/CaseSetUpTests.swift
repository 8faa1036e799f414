import Accuracy
import ServingModel
import Testing

struct CaseSetUpTests {
  @Test(arguments: [
    ("H100", "h100-sxm"), ("h100 SXM", "h100-sxm"), ("NVIDIA H100-SXM5-80GB", "h100-sxm"),
    ("H100SXM5", "h100-sxm"), ("H100 PCIe", "h100-pcie"), ("H100-NVL", "h100-nvl"),
    ("H200", "h200-sxm"), ("A100", "a100-sxm-80"), ("A100-SXM4-40GB", "a100-sxm-40"),
    ("A100 PCIe 80GB", "a100-pcie-80"), ("B200", "b200-sxm"), ("B300", "b300-sxm"),
    ("GB200", "gb200"), ("GB300 NVL72", "gb300"), ("GH200", "gh200"), ("H20", "h20"),
    ("L4", "l4"), ("L40", "l40"), ("L40S", "l40s"), ("A10", "a10"), ("A10G", "a10g"),
    ("A30", "a30"), ("A40", "a40"), ("V100", "v100-sxm2"), ("Tesla T4", "t4"),
    ("RTX-PRO-6000", "rtx-pro-6000-bw"), ("RTXPRO6000", "rtx-pro-6000-bw"),
    ("RTX 4090", "rtx-4090"), ("MI210", "mi210"), ("MI250", "mi250x"), ("MI300X", "mi300x"),
    ("AMD Instinct MI325X", "mi325x"), ("MI350X", "mi350x"), ("mi355x", "mi355x"),
    ("Gaudi2", "gaudi2"), ("Intel Gaudi 3", "gaudi3"), ("TPU v5e", "tpu-v5e"),
    ("tpu-v6e", "tpu-v6e"), ("Trainium2", "trainium2"), ("Inferentia2", "inferentia2"),
  ])
  func `accelerators are found by their many names`(name: String, id: String) throws {
    #expect(try AcceleratorNames.accelerator(name).id == id)
  }

  @Test func `every accelerator is found by its own name`() throws {
    for accelerator in Accelerators.all {
      #expect(try AcceleratorNames.accelerator(accelerator.name).id == accelerator.id)
    }
  }

  @Test func `an accelerator of another size is another accelerator`() {
    #expect(
      refusal(measured { $0.gpu = "V100-16GB" })
        == "no accelerator \"V100-16GB\" in the catalogue; nearest is v100-sxm2")
  }

  @Test(arguments: [
    ("meta-llama/Llama-3.1-8B-Instruct", "llama-3.1-8b"), ("llama3.1-8b", "llama-3.1-8b"),
    ("Llama-3.1-70B", "llama-3.1-70b"), ("llama2-70b-99.9", "llama-2-70b"),
    ("Llama-3-8B", "llama-3-8b"), ("DeepSeek-R1-0528", "deepseek-r1"),
    ("nvidia/Qwen3-32B-NVFP4", "qwen3-32b"), ("Qwen/Qwen3-30B-A3B-Thinking-2507", "qwen3-30b-a3b"),
    ("Qwen3-Coder-30B-A3B-Instruct-FP8", "qwen3-30b-a3b"), ("Mistral-7B", "mistral-7b-v0.1"),
    ("mistralai/Mixtral-8x22B-Instruct-v0.1", "mixtral-8x22b"), ("gemma-3-12b", "gemma-3-12b"),
    ("nvidia/Llama-3.1-405B-Instruct-FP8", "llama-3.1-405b"), ("Qwen2-72B", "qwen2.5-72b"),
    ("Llama-4-Maverick-17B-128E-Instruct-FP8", "llama-4-maverick"), ("Kimi-K2.5", "kimi-k2.5"),
    ("openai/gpt-oss-120b", "gpt-oss-120b"), ("Nemotron-Nano-9B-v2", "nemotron-nano-9b-v2"),
    ("nvidia/DeepSeek-V3.1-NVFP4", "deepseek-v3"), ("GLM-4.5-Air-FP8", "glm-4.5-air"),
  ])
  func `models are found by their many names`(name: String, id: String) throws {
    #expect(try ModelNames.model([name]).id == id)
  }

  @Test func `an exact second name counts before a similar first one`() throws {
    #expect(try ModelNames.model(["x/Qwen3-32B-FP8", "qwen3-14b"]).id == "qwen3-14b")
    #expect(try ModelNames.model(["x/Nothing", "Llama-3.1-8B"]).id == "llama-3.1-8b")
  }

  @Test func `a model that nobody knows is refused with the nearest`() {
    #expect(
      refusal(measured { $0.model = "Llama-3.1-9B" })
        == "no model \"Llama-3.1-9B\" in the catalogue; nearest is llama-3.1-8b")
  }

  @Test(arguments: [
    ("bf16", NumberFormat.bfloat16, NumberFormat.bfloat16, NumberFormat.bfloat16),
    ("fp16", .bfloat16, .bfloat16, .bfloat16), ("fp8", .float8, .float8, .float8),
    ("fp8_kv16", .float8, .float8, .bfloat16), ("fp4", .bfloat16, .float4, .float8),
    ("fp4_dense", .float4, .float4, .float8), ("mxfp4", .bfloat16, .float4, .bfloat16),
    ("int4", .bfloat16, .int4, .bfloat16),
  ])
  func `precisions are formats of layers, experts and KV entries`(
    word: String, layers: NumberFormat, experts: NumberFormat, kv: NumberFormat
  ) throws {
    let model = try ModelNames.model(["gpt-oss-120b"])
    let found = try PrecisionNames.precision(word, of: model)
    #expect(found.precision == Precision(layers: layers, experts: experts, kvCache: kv))
    #expect((found.assumption != nil) == word.contains("fp4"))
  }

  @Test func `a precision that nobody knows is refused`() {
    #expect(
      refusal(measured { $0.precision = "fp6" })
        == "no precision \"fp6\"; known are bf16, fp16, fp8, fp8_kv16, fp4, fp4_dense, mxfp4, "
        + "int8, int4 and fp32")
  }

  @Test(arguments: [
    ("vllm", "vllm"), ("vllm(RayServe)", "vllm"), ("mlperf:vLLM 0.9.0.2", "vllm"),
    ("trtllm(Triton)", "tensorrt-llm"), ("mlperf:TensorRT 10.2.0, CUDA 12.4", "tensorrt-llm"),
    ("sglang", "sglang"), ("atom", "atom"),
  ])
  func `engines are found by their many names`(name: String, family: String) {
    #expect(EngineFamily(name).name == family)
  }
}
