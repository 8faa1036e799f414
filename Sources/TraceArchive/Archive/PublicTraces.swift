/// The public traces that are known. A new one is an entry here.
package enum PublicTraces {
  package static let all = azure + burstGPT + others

  package static func named(_ name: String) -> ArchiveEntry? { all.first { $0.name == name } }

  private static let azureRaw =
    "https://raw.githubusercontent.com/Azure/AzurePublicDataset/b469a113cedc/data"
  private static let azureBlob =
    "https://azurepublicdatasettraces.blob.core.windows.net/azurellminfererencetrace2024"
  private static let splitwise =
    "Patel et al., Splitwise: Efficient generative LLM inference using phase splitting, ISCA 2024"
  private static let dynamo =
    "Stojkovic et al., DynamoLLM: Designing LLM inference clusters for performance and energy "
    + "efficiency, HPCA 2025"

  private static let azure = [
    ArchiveEntry(
      "azure-2023-conv", title: "Azure LLM inference trace 2023, conversation",
      summary: "19,366 requests of an hour of one Azure service: times and token counts.",
      publisher: "Microsoft Azure", licence: "CC-BY-4.0", isRedistributable: true,
      citation: splitwise, format: .azure,
      files: [
        .init(
          "\(azureRaw)/AzureLLMInferenceTrace_conv.csv", size: 719_188,
          sha256: "2f1e5b666d4e3055fdbba98598ce2ec307767b9064e03e2fa46676dbcc7d0bf8")
      ],
      issues: [
        "The documentation says November 11th; the rows are of 2023-11-16.",
        "Prompts are clipped near 4,100 tokens.",
      ]),
    ArchiveEntry(
      "azure-2023-code", title: "Azure LLM inference trace 2023, code",
      summary: "8,819 requests of an hour of code completion: times and token counts.",
      publisher: "Microsoft Azure", licence: "CC-BY-4.0", isRedistributable: true,
      citation: splitwise, format: .azure,
      files: [.init("\(azureRaw)/AzureLLMInferenceTrace_code.csv")],
      issues: [
        "Prompts are clipped near 7,400 tokens.",
        "69 % of the time lies in gaps over 10 s; a mean rate says little.",
      ]),
    ArchiveEntry(
      "azure-2024-conv", title: "Azure LLM inference trace 2024, conversation, one week",
      summary: "27,303,999 requests of 2024-05-12 to 18: times and token counts.",
      publisher: "Microsoft Azure", licence: "CC-BY-4.0", isRedistributable: true,
      citation: dynamo, format: .azure,
      files: [.init("\(azureBlob)/AzureLLMInferenceTrace_conv_1week.csv")],
      issues: ["Times with and without a fraction of a second are mixed."]),
    ArchiveEntry(
      "azure-2024-code", title: "Azure LLM inference trace 2024, code, one week",
      summary: "16,803,695 requests of 2024-05-10 to 16: times and token counts.",
      publisher: "Microsoft Azure", licence: "CC-BY-4.0", isRedistributable: true,
      citation: dynamo, format: .azure,
      files: [.init("\(azureBlob)/AzureLLMInferenceTrace_code_1week.csv")],
      issues: ["Times with and without a fraction of a second are mixed."]),
  ]

  private static let burstGPTRelease =
    "https://github.com/HPMLL/BurstGPT/releases/download"
  private static let burstGPTPaper =
    "Wang et al., BurstGPT: A real-world workload dataset to optimize LLM serving systems, KDD 2025"

  private static let burstGPT = [
    ArchiveEntry(
      "burstgpt-1", title: "BurstGPT, first part",
      summary: "1,429,737 requests of a campus over 61 days: times, models and token counts.",
      publisher: "HPMLL", licence: "CC-BY-4.0", isRedistributable: true,
      citation: burstGPTPaper, format: .burstGPT,
      files: [.init("\(burstGPTRelease)/v1.1/BurstGPT_1.csv")],
      issues: [
        "Times are whole seconds from a first midnight of an unnamed zone.",
        "Requests without response tokens failed.",
        "A file of that name with times 0, 1, 2 ... and even lengths is a counterfeit.",
      ]),
    ArchiveEntry(
      "burstgpt-3", title: "BurstGPT, third part, with sessions",
      summary: "5,344,021 requests over 110 days, conversations with session ids.",
      publisher: "HPMLL", licence: "CC-BY-4.0", isRedistributable: true,
      citation: burstGPTPaper, format: .burstGPT,
      files: [.init("\(burstGPTRelease)/v2.0/BurstGPT_3.csv")],
      issues: [
        "Session ID and Elapsed time stand at positions 2 and 3.",
        "7.3 % of requests have no response.",
      ]),
  ]

  private static let mooncakeRaw =
    "https://raw.githubusercontent.com/kvcache-ai/Mooncake/3b5a59413395/FAST25-release/traces"
  private static let mooncakePaper =
    "Qin et al., Mooncake: Trading more storage for less computation, FAST 2025"
  private static let ragPulseRaw =
    "https://raw.githubusercontent.com/flashserve/RAGPulse/3672232d45d7/data"

  private static let others = [
    ArchiveEntry(
      "mooncake-conversation", title: "Mooncake's conversations",
      summary: "12,031 requests of an hour of Kimi: lengths and ids of 512-token blocks.",
      publisher: "Moonshot AI", licence: "Apache-2.0", isRedistributable: true,
      citation: mooncakePaper, format: .mooncake,
      files: [
        .init(
          "\(mooncakeRaw)/conversation_trace.jsonl", size: 3_029_533,
          sha256: "b8cbb061a85206d729d91cdc2981f43c9e0d99209dce588d3af5f7934408b9df")
      ],
      issues: ["Times are ticks of 3 s: spread them before gaps are measured."]),
    ArchiveEntry(
      "mooncake-toolagent", title: "Mooncake's tools and agents",
      summary: "23,608 requests of Kimi's agents: lengths and ids of 512-token blocks.",
      publisher: "Moonshot AI", licence: "Apache-2.0", isRedistributable: true,
      citation: mooncakePaper, format: .mooncake,
      files: [.init("\(mooncakeRaw)/toolagent_trace.jsonl")]),
    ArchiveEntry(
      "mooncake-synthetic", title: "Mooncake's synthetic trace",
      summary: "3,993 requests of public data sets with Poisson arrivals.",
      publisher: "Moonshot AI", licence: "Apache-2.0", isRedistributable: true,
      citation: mooncakePaper, format: .mooncake,
      files: [.init("\(mooncakeRaw)/synthetic_trace.jsonl")]),
    ArchiveEntry(
      "ragpulse", title: "RAGPulse",
      summary: "7,106 requests of a campus's question answering over a week, by parts of prompts.",
      publisher: "RAGPulse authors", licence: "MIT", isRedistributable: true,
      citation: "RAGPulse: https://github.com/flashserve/RAGPulse", format: .ragPulse,
      files: [
        .init(
          "\(ragPulseRaw)/0_trace.jsonl", size: 1_923_473,
          sha256: "cd371571bef3320907147f8901729e37f412aafb067ec8eb153e2828e1801e65"),
        .init(
          "\(ragPulseRaw)/1_sys_prompt.jsonl", size: 315_609,
          sha256: "e7bf9bc66493629fa279d67ffb9d6a44e4ec3a7ac60549f5c679319c54564f6d"),
        .init(
          "\(ragPulseRaw)/2_passages.jsonl", size: 347_002,
          sha256: "8575941cab2eb1cae25e589b7fab3ccb6affc3809e4156b1dc6db40d9e65b891"),
        .init(
          "\(ragPulseRaw)/3_history.jsonl", size: 210_541,
          sha256: "fdd9b1ca962c2b4d0f48785497007e20aa961442eb93cb1afbe3f23c383ae467"),
        .init(
          "\(ragPulseRaw)/4_user_input.jsonl", size: 278_133,
          sha256: "5adeff33a44850f5a1c0892aaaf7000114d7ac24821d4238175abb92b77dd12d"),
        .init(
          "\(ragPulseRaw)/5_web_search.jsonl", size: 23_972,
          sha256: "5e4cba4e2e449eb1a26c1c94aa57a59204f29c8ed0395da03cf0f43b7d75891c"),
      ],
      issues: ["The file is two weeks' halves put together: times go back once."]),
    ArchiveEntry(
      "weka-agentic", title: "kv-cache-tester's agentic coding sessions",
      summary: "739 sessions of Claude Code with sub-agents: lengths, measured times, block ids.",
      publisher: "kv-cache-tester", licence: "Apache-2.0", isRedistributable: true,
      citation: "https://github.com/callanjfox/kv-cache-tester", format: .weka, files: [],
      issues: [
        "18 of 710 sessions seen are copies of others: sample --unique-sessions.",
        "44 % of sessions begin amid a conversation.",
      ],
      obstacle: "clone the repository and import its folder traces"),
    ArchiveEntry(
      "qwen-bailian", title: "Qwen-Bailian usage traces",
      summary: "Two hours of Alibaba's Qwen service: chats, turns, ids of 16-token blocks.",
      publisher: "Alibaba", licence: "Apache-2.0", isRedistributable: true,
      citation: "Wang et al., KVCache cache in the wild, ATC 2025", format: .qwenBailian,
      files: [
        .init(
          "https://raw.githubusercontent.com/alibaba-edu/qwen-bailian-usagetraces-anon/main/qwen_traceA_blksz_16.jsonl"
        )
      ], issues: ["The last block of a prompt may have another id in the turn after."]),
    ArchiveEntry(
      "gentd26", title: "Alibaba's generative AI trace of 2026",
      summary: "26,823 image generations with LoRA adapters over 23 days.",
      publisher: "Alibaba", licence: nil, isRedistributable: false,
      citation: "Alibaba cluster-trace-v2026-GenAI, SoCC 2025", format: .csv, files: [],
      issues: ["The repository has no licence."],
      obstacle: "ask its publisher; https://github.com/alibaba/clusterdata"),
    ArchiveEntry(
      "kavier-example", title: "The original Kavier's example",
      summary: "6 requests of 4 sessions with token ids.", publisher: "AtLarge Research",
      licence: "MIT", isRedistributable: true,
      citation: "https://github.com/atlarge-research/Kavier", format: .kavier,
      files: [
        .init(
          "https://raw.githubusercontent.com/atlarge-research/Kavier/033b89552fba/src/kavier/sdk/inference/data/input/input_example.csv",
          size: 562, sha256: "f035b50c9723b8c162cebdde1b7590140f754ae0600333a9ef9311541c4c7408")
      ]),
  ]
}
