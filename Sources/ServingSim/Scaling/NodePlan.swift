package import SimKernel

/// The machines that the replicas of a group stand on. One comes when a replica starts that no other has
/// room for, and goes with the last replica on it.
package struct NodePlan: Hashable, Sendable {
  package var terms: NodeTerms
  /// The most there may be at once; nil: as many as are asked for.
  package var quota: Int?
  /// From asking for one to when replicas can start on it.
  package var provisioning: SimDuration
  /// How long a pool that is short of nodes waits until it is looked at again.
  package var scanInterval = Self.usualScanInterval

  /// `--scan-interval` of Kubernetes' cluster autoscaler.
  package static let usualScanInterval = SimDuration.second * 10

  package init(
    _ terms: NodeTerms = NodeTerms(), quota: Int? = nil, provisioning: SimDuration = .zero
  ) {
    precondition(quota ?? 1 >= 1, "no nodes at all")
    self.terms = terms
    self.quota = quota
    self.provisioning = provisioning
  }
}

/// What a node comes with.
package struct NodeTerms: Hashable, Sendable {
  /// How many replicas one holds.
  package var replicasPerNode: Int
  /// One that goes earlier is paid for as long.
  package var minimumBilling: SimDuration

  package init(replicasPerNode: Int = 1, minimumBilling: SimDuration = .zero) {
    precondition(replicasPerNode >= 1, "nodes that hold nobody")
    self.replicasPerNode = replicasPerNode
    self.minimumBilling = minimumBilling
  }
}
