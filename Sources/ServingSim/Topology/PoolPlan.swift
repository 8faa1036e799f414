/// Replicas in one region that serve the same models: one router sends requests to them.
package struct PoolPlan: Hashable, Sendable {
  /// The models that requests can ask for there; empty: whichever they ask for.
  package var models: Set<String>
  /// The number of its region among `RegionPlan.names`; nil: there are no regions.
  package var region: Int?
  /// nil: its replicas compute their prompts themselves.
  package var prefill: PrefillPlan?

  package init(models: Set<String> = [], region: Int? = nil, prefill: PrefillPlan? = nil) {
    self.models = models
    self.region = region
    self.prefill = prefill
  }
}
