/// A system that serves large language models, component by component.
package struct RealSystem: Sendable {
  package var name: String
  /// What it calls its parts, by the component's id. Components without one are not in it, or it is
  /// not documented that they are.
  package var parts: [String: String]
  /// Where that is said.
  package var sources: [String]
}

extension RealSystem {
  /// In the order of the page.
  package static let all = stacks + engines + services

  /// Stacks around engines of others.
  private static let stacks: [RealSystem] = [
    RealSystem(
      name: "vLLM production stack",
      parts: [
        "router": "request router: routing keys, sessions, prefix- and KV-aware",
        "scheduler": "vLLM", "kv-cache": "vLLM", "prefix-cache": "vLLM", "executor": "vLLM",
        "kv-tiers": "LMCache offloading", "autoscaler": "KEDA", "orchestrator": "Helm, Kubernetes",
        "telemetry": "Prometheus, Grafana",
      ],
      sources: [
        "https://docs.vllm.ai/projects/production-stack/",
        "https://github.com/vllm-project/production-stack",
      ]),
    RealSystem(
      name: "llm-d",
      parts: [
        "gateway": "Envoy by the Gateway API", "admission": "flow control",
        "router": "endpoint picker: filters, scorers, scrapers",
        "index": "precise prefix cache routing, by events of the servers",
        "coordinator": "prefill/decode sidecar", "scheduler": "vLLM", "kv-cache": "vLLM",
        "prefix-cache": "vLLM", "executor": "vLLM",
        "kv-tiers": "tiered prefix cache: host memory, NVMe, network",
        "autoscaler": "workload variant autoscaler", "orchestrator": "InferencePool, Kubernetes",
      ],
      sources: [
        "https://llm-d.ai/docs/architecture/Components/inf-scheduler",
        "https://llm-d.ai/docs/well-lit-paths/capabilities",
      ]),
    RealSystem(
      name: "NVIDIA Dynamo",
      parts: [
        "gateway": "frontend: OpenAI HTTP, KServe gRPC",
        "frontend": "frontend: template, tokeniser",
        "router": "router: cost of prefill and decode", "index": "KV events",
        "coordinator": "prefill router", "scheduler": "worker's engine",
        "kv-cache": "worker's engine", "prefix-cache": "worker's engine",
        "executor": "worker's engine", "kv-tiers": "KV block manager", "transfer": "NIXL",
        "autoscaler": "planner", "orchestrator": "Kubernetes, discovery",
      ],
      sources: [
        "https://docs.nvidia.com/dynamo/dev/knowledge-base/concepts/architecture.md",
        "https://docs.nvidia.com/dynamo/v1.3.0/components/llms.txt",
      ]),
    RealSystem(
      name: "Ray Serve LLM",
      parts: [
        "gateway": "OpenAiIngress", "router": "power of two choices; prefix-aware",
        "coordinator": "prefill-decode deployments", "scheduler": "engine in LLMServer",
        "kv-cache": "engine in LLMServer", "prefix-cache": "engine in LLMServer",
        "executor": "engine in LLMServer", "adapters": "multi-LoRA",
        "autoscaler": "Serve autoscaling",
        "orchestrator": "Ray placement", "telemetry": "metrics, Grafana",
      ],
      sources: [
        "https://docs.ray.io/en/latest/serve/llm/architecture/overview.html",
        "https://docs.anyscale.com/llm/serving/request-routing",
      ]),
    RealSystem(
      name: "KServe",
      parts: [
        "gateway": "Gateway and HTTPRoute; Envoy AI Gateway", "admission": "token quotas",
        "router": "llm-d's, in an InferencePool", "scheduler": "llm-d's vLLM",
        "kv-cache": "llm-d's vLLM", "prefix-cache": "llm-d's vLLM", "executor": "llm-d's vLLM",
        "store": "model caching", "autoscaler": "KEDA by waiting requests and KV use",
        "orchestrator": "LLMInferenceService controller", "accounting": "token counts by user",
      ],
      sources: [
        "https://kserve.github.io/website/docs/concepts/architecture/control-plane-llmisvc",
        "https://kserve.github.io/website/docs/model-serving/generative-inference/autoscaling",
      ]),
    RealSystem(
      name: "AIBrix",
      parts: [
        "gateway": "Envoy with plugins", "admission": "rates and requests in flight by replica",
        "router": "prefix-aware, least memory, least requests, sessions",
        "coordinator": "prefill/decode in StormService", "scheduler": "engine",
        "kv-cache": "engine",
        "prefix-cache": "engine", "executor": "engine", "adapters": "LoRA management",
        "kv-tiers": "distributed KV cache", "store": "ModelClaim, ModelWarmup",
        "autoscaler": "LLM autoscaler", "orchestrator": "StormService, Kubernetes",
        "health": "accelerator diagnosis", "application": "batch API",
      ],
      sources: [
        "https://github.com/vllm-project/aibrix",
        "https://github.com/vllm-project/aibrix/releases/tag/v0.8.0",
      ]),
  ]

  /// Engines with what belongs to them.
  private static let engines: [RealSystem] = [
    RealSystem(
      name: "SGLang with its gateway",
      parts: [
        "gateway": "model gateway", "admission": "token bucket and queue",
        "router": "cache-aware, power of two, random, round robin",
        "coordinator": "prefill and decode workers",
        "frontend": "tokenizer manager, or the gateway",
        "scheduler": "scheduler process", "kv-cache": "memory pool",
        "prefix-cache": "RadixAttention", "executor": "model runner",
        "health": "retries, circuit breakers", "telemetry": "OpenTelemetry, Prometheus",
      ],
      sources: [
        "https://docs.sglang.io/advanced_features/sgl_model_gateway.html"
      ]),
    RealSystem(
      name: "TensorRT-LLM with Triton",
      parts: [
        "gateway": "Triton server", "frontend": "LLM API: tokeniser",
        "scheduler": "PyExecutor's scheduler", "kv-cache": "paged KV cache",
        "executor": "model engine, decoder",
      ],
      sources: [
        "https://nvidia.github.io/TensorRT-LLM/torch/arch_overview.html",
        "https://github.com/triton-inference-server/tensorrtllm_backend",
      ]),
    RealSystem(
      name: "Mooncake",
      parts: [
        "admission": "early rejection", "router": "Conductor of the paper",
        "index": "Conductor: global prefix table", "coordinator": "prefill and decode pools",
        "scheduler": "vLLM or SGLang", "kv-cache": "vLLM or SGLang",
        "prefix-cache": "vLLM or SGLang", "executor": "vLLM or SGLang",
        "kv-tiers": "Mooncake Store", "transfer": "Transfer Engine",
      ],
      sources: [
        "https://kvcache-ai.github.io/Mooncake/design/conductor/conductor-architecture-design.html",
        "https://arxiv.org/abs/2407.00079",
      ]),
    RealSystem(
      name: "Ollama",
      parts: [
        "gateway": "HTTP server", "admission": "queue; 503 when it is full",
        "scheduler": "parallel requests a model", "kv-cache": "runner", "executor": "runner",
        "store": "loading on demand, keep-alive, models in memory",
      ],
      sources: ["https://github.com/ollama/ollama/blob/main/docs/faq.md"]),
  ]

  /// Services whose inside is not documented.
  private static let services: [RealSystem] = [
    RealSystem(
      name: "Azure OpenAI",
      parts: [
        "gateway": "resource and deployments",
        "admission": "429 at full use of the provisioned units, spillover to a standard deployment",
        "telemetry": "utilisation of provisioned units", "accounting": "units, tokens",
      ],
      sources: [
        "https://learn.microsoft.com/en-us/azure/ai-services/openai/how-to/spillover-traffic-management",
        "https://learn.microsoft.com/en-AU/azure/ai-services/openai/concepts/provisioned-throughput",
      ]),
    RealSystem(
      name: "Amazon Bedrock",
      parts: [
        "gateway": "model invocation by inference profile", "admission": "service quotas",
        "router": "cross-Region inference", "telemetry": "CloudWatch",
        "accounting": "cost allocation by profile",
      ],
      sources: [
        "https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html",
        "https://docs.aws.amazon.com/en_us/bedrock/latest/userguide/inference-profiles.html",
      ]),
    RealSystem(
      name: "GKE Inference Gateway",
      parts: [
        "gateway": "GKE Gateway", "router": "by KV cache hits, use and queue length",
        "scheduler": "model server", "kv-cache": "model server", "executor": "model server",
        "orchestrator": "GKE", "telemetry": "metrics of gateway and servers",
      ],
      sources: [
        "https://cloud.google.com/kubernetes-engine/docs/concepts/about-gke-inference-gateway"
      ]),
  ]
}
