import SimKernel

/// `nodes`: the machines that the replicas of a pool stand on.
struct NodesSection: Sendable {
  var path: String
  var origin: Origin
  var replicasPerNode: Stated<Int>?
  var quota: Stated<Int>?
  var minimumBilling: Stated<SimDuration>?

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "A node comes when a replica starts that no other node has room for, and goes with the last "
        + "replica on it. Bills count nodes in place of replicas.")
    replicasPerNode = fields.wholeNumber(
      "replicas_per_node", in: 1...100_000, "How many replicas one holds.", .default("1"))
    quota = fields.wholeNumber(
      "quota", in: 1...100_000,
      "The most nodes there may be at once. Replicas beyond them do not start; the pool is looked at "
        + "again every 10 s.",
      .default("as many as replicas need"))
    minimumBilling = fields.quantity(
      "minimum_billing", .duration, zeroAllowed: true,
      "A node that goes earlier is paid for as long.", .default("0 s"))
    fields.finish()
  }
}
