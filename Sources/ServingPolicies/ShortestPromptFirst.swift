package import ServingSim

/// The shortest prompt is served first, of equal ones the earliest. Short requests wait less; long
/// ones wait for as long as short ones keep coming.
package struct ShortestPromptFirst: OrderedPolicy {
  package init() {}

  package var order: QueueOrder { .rank }

  package func rank(of request: RequestView) -> Int64 { Int64(request.promptTokens) }
}
