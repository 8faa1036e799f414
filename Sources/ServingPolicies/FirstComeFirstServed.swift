package import ServingSim

/// vLLM V1's scheduler with `--scheduling-policy fcfs` (vllm/v1/core/sched/scheduler.py, 0.11):
/// requests join in the order in which they arrive, prompts are split where the budget ends.
package struct FirstComeFirstServed: OrderedPolicy {
  package init() {}

  package var order: QueueOrder { .arrival }
}
