/// Replicas in one region that serve the same models: one router sends requests to them.
package struct PoolPlan: Hashable, Sendable {
  /// The models that requests can ask for there; empty: whichever they ask for.
  package var models: Set<String>
  /// The number of its region among `RegionPlan.names`; nil: there are no regions.
  package var region: Int?

  package init(models: Set<String> = [], region: Int? = nil) {
    self.models = models
    self.region = region
  }
}
