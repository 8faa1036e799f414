package import ServingSim

/// vLLM V1's scheduler with `--scheduling-policy priority` (vllm/v1/core/sched/scheduler.py, 0.11):
/// the least value is served first, of equal ones the earliest.
package struct PriorityFirst: OrderedPolicy {
  package init() {}

  package var order: QueueOrder { .rank }

  package func rank(of request: RequestView) -> Int64 { Int64(request.priority) }
}
