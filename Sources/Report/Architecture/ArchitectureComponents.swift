import ServingModel
import ServingSim
import SimKernel

extension ArchitectureComponent {
  /// From those who ask to those who account for it.
  package static let all = serving + support

  /// What a request passes.
  private static let serving: [ArchitectureComponent] = [
    ArchitectureComponent(
      id: "application", layer: .use,
      responsibility: "turns a person's task into requests: conversations, agents, batches",
      flows: "answers in; dependent requests with think times out, to client",
      metrics: "task time, turns, tokens a task",
      simulatedBy: "sessions and dependencies of the workload",
      isExercised: { $0.plan.workload.sessions != nil || $0.plan.workload.dependencies != nil }),
    ArchitectureComponent(
      id: "client", layer: .use, responsibility: "sends requests and takes streams of tokens",
      flows: "requests to gateway; tokens back", metrics: "TTFT, TPOT, E2E, rate, concurrency",
      simulatedBy: "Workload, open and closed loops", isExercised: { _ in true }),
    ArchitectureComponent(
      id: "gateway", layer: .entry,
      responsibility: "one address: authentication, quotas, choice of model and deployment",
      flows: "requests in; requests of a tenant and model to admission",
      metrics: "refusals by cause, tokens by tenant",
      simulatedBy:
        "Topology: pools by model and region, nearest, least loaded, cleanest or cheapest first",
      isExercised: { $0.plan.pools.count > 1 }),
    ArchitectureComponent(
      id: "admission", layer: .entry,
      responsibility: "lets in, delays, spills over or refuses by load, class and deadline",
      flows: "fleet load in from telemetry; requests to router",
      metrics: "share refused, held time, goodput by class",
      simulatedBy:
        "Gates: requests refused by queues, rates, saturation or deadlines, or held for clean or "
        + "cheap hours",
      isExercised: { $0.plan.shift != nil || !$0.plan.admission.isEmpty }),
    ArchitectureComponent(
      id: "router", layer: .fleet, responsibility: "chooses a replica for each request",
      flows: "load from replicas, hits from index; request to one frontend",
      metrics: "balance, hit ratio, age of its view",
      simulatedBy: "Routing: 13 policies, on fresh or stale views",
      isExercised: { $0.plan.replicas.count > 1 }),
    ArchitectureComponent(
      id: "index", layer: .fleet, responsibility: "knows which replica or tier holds which prefix",
      flows: "cache events from prefix-cache; hit lengths to router",
      metrics: "lag of events, memory, wrong answers",
      simulatedBy:
        "what prefix_affinity, kv_aware and scorers see of caches, without lag; cache_aware's tree",
      isExercised: { $0.plan.router.knowsCaches && $0.plan.replicas.count > 1 }),
    ArchitectureComponent(
      id: "coordinator", layer: .fleet,
      responsibility: "splits a request into prefill and decode on different replicas",
      flows: "request in; pair of replicas and transfer out", metrics: "balance of the two pools"),
    ArchitectureComponent(
      id: "frontend", layer: .engine,
      responsibility: "tokenises, checks, streams tokens back as text",
      flows: "text in; tokens to scheduler; text out", metrics: "overhead a request and a token",
      simulatedBy: "frontend_latency of a replica",
      isExercised: { $0.plan.replicas.contains { $0.frontendLatency > .zero } }),
    ArchitectureComponent(
      id: "scheduler", layer: .engine,
      responsibility: "fills each step's batch: chunks, order, preemption",
      flows: "waiting requests and free blocks in; batch to executor",
      metrics: "queueing time, batch size, preemptions", simulatedBy: "Scheduling",
      isExercised: { _ in true }),
    ArchitectureComponent(
      id: "kv-cache", layer: .engine, responsibility: "gives blocks of memory to sequences",
      flows: "requests for blocks in; blocks or refusal out", metrics: "use, peak, fragmentation",
      simulatedBy: "KVCache", isExercised: { _ in true }),
    ArchitectureComponent(
      id: "prefix-cache", layer: .engine,
      responsibility: "keeps blocks of ended sequences for prompts that begin alike",
      flows: "prompts in; hit lengths to scheduler; events to index", metrics: "hit ratio, reuse",
      simulatedBy: "KVCache with content chains",
      isExercised: { $0.plan.replicas.contains { $0.enablePrefixCaching } }),
    ArchitectureComponent(
      id: "executor", layer: .engine, responsibility: "computes one step of the batch",
      flows: "batch in; a token a sequence out", metrics: "step time, MFU, MBU",
      simulatedBy: "StepTime: roofline, linear or measured", isExercised: { _ in true }),
    ArchitectureComponent(
      id: "speculation", layer: .engine,
      responsibility: "drafts tokens that the model checks in one step",
      flows: "drafts to executor; accepted tokens out", metrics: "acceptance, tokens a step",
      simulatedBy: "Speculation: stated acceptance, a drafter's passes, tokens that are verified",
      isExercised: { $0.plan.replicas.contains { $0.speculation != nil } }),
    ArchitectureComponent(
      id: "adapters", layer: .engine, responsibility: "serves many fine-tunings of one model",
      flows: "adapter of a request in; weights from store", metrics: "loads, slots in use"),
  ]

  /// What serving stands on and who watches it.
  private static let support: [ArchitectureComponent] = [
    ArchitectureComponent(
      id: "kv-tiers", layer: .state,
      responsibility: "holds KV blocks in host memory, on disks, in other machines",
      flows: "blocks of prompts in; blocks back to prefix-cache",
      metrics: "hits by tier, bandwidth",
      simulatedBy:
        "Offloading: the host's memory and tiers behind it, shared or not, least recent out",
      isExercised: { $0.plan.replicas.contains { $0.offloading != nil } }),
    ArchitectureComponent(
      id: "transfer", layer: .state, responsibility: "moves KV blocks between accelerators",
      flows: "blocks of prefill to decode; blocks to and from tiers",
      metrics: "transfer time, link use",
      simulatedBy: "Transfers over links that they share: of handovers, and of loads from tiers",
      isExercised: { use in
        use.plan.pools.contains { $0.prefill != nil }
          || use.plan.replicas.contains { $0.offloading != nil }
      }),
    ArchitectureComponent(
      id: "store", layer: .state,
      responsibility: "keeps weights and brings them into memory, and out of it",
      flows: "weights to executor and adapters", metrics: "load time, models in memory"),
    ArchitectureComponent(
      id: "accelerator", layer: .resources, responsibility: "arithmetic and memory",
      flows: "kernels in; results, heat and power draw out",
      metrics: "FLOP/s, bytes/s, memory, watts", simulatedBy: "Hardware, Models and Catalog",
      isExercised: { $0.plan.replicas.contains { $0.accelerator != nil } }),
    ArchitectureComponent(
      id: "interconnect", layer: .resources,
      responsibility: "links accelerators of a replica, and machines",
      flows: "partial results between accelerators", metrics: "bandwidth, latency, collectives",
      simulatedBy: "collectives within a replica's step time",
      isExercised: { $0.plan.replicas.contains { $0.acceleratorCount > 1 } }),
    ArchitectureComponent(
      id: "site", layer: .resources, responsibility: "houses, feeds and cools the machines",
      flows: "power from grid; power to machines, heat out", metrics: "PUE, WUE, power limit",
      simulatedBy: "Impact: facility overhead and water of a bill", isExercised: { $0.hasBill }),
    ArchitectureComponent(
      id: "grid", layer: .resources, responsibility: "makes electricity",
      flows: "power to site; carbon intensity and price to accounting", metrics: "g/kWh, price",
      simulatedBy: "Impact: grids, series of intensity and tariff",
      isExercised: { $0.hasBill }),
    ArchitectureComponent(
      id: "autoscaler", layer: .control, responsibility: "sets how many replicas there are",
      flows: "load from telemetry; counts to orchestrator", metrics: "replica hours, lag",
      simulatedBy: "Scaling: pools that follow a timetable or their requests; power_down of "
        + "replicas without work",
      isExercised: {
        !$0.plan.scaling.isEmpty || $0.plan.replicas.contains { $0.powerDown != nil }
      }),
    ArchitectureComponent(
      id: "orchestrator", layer: .control,
      responsibility: "places replicas on machines, rolls out and drains them",
      flows: "counts in; running replicas out", metrics: "start time, machines in use"),
    ArchitectureComponent(
      id: "health", layer: .control, responsibility: "finds failures, retries, replaces",
      flows: "signs of life in; removals to router and orchestrator",
      metrics: "time to detect and recover, requests lost",
      simulatedBy: "Failures: crashes, reclaims, slow replicas, and clients that send again",
      isExercised: { !$0.plan.failures.isEmpty || $0.plan.retry != nil }),
    ArchitectureComponent(
      id: "telemetry", layer: .insight, responsibility: "records what happened, request by request",
      flows: "events of all components in; metrics and traces out",
      metrics: "the metrics of all others", simulatedBy: "Observation: the recording",
      isExercised: { _ in true }),
    ArchitectureComponent(
      id: "accounting", layer: .insight,
      responsibility: "turns use into energy, carbon, water and money by who caused it",
      flows: "recording, grid and prices in; bills out",
      metrics: "J, g and price a request and a token", simulatedBy: "Impact: the bill of a run",
      isExercised: { $0.hasBill }),
    ArchitectureComponent(
      id: "twin", layer: .insight,
      responsibility: "predicts what a change would do, and is corrected by what is measured",
      flows: "traces and measurements in; predictions and their errors out",
      metrics: "error by metric, age of calibration",
      simulatedBy: "Kavier itself: trace, calibrate, simulate, validate"),
  ]
}
