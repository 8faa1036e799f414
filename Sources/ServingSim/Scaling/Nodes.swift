import SimKernel

/// The nodes of a pool, by the numbers in which they came.
///
/// Invariants: `open` has the nodes on which there are replicas and room for another, ascending; `count`
/// is how many nodes have replicas. One that has none has gone.
struct Nodes {
  private let plan: NodePlan
  /// Engines of a replica, and the most on a node.
  private let ranks: Int
  private let room: Int
  private var nodes: [Node] = []
  private var open: [Int] = []
  private var count = 0

  private struct Node {
    var engines: Int
    /// When replicas can start on it.
    var readyAt: Instant
  }

  var scanInterval: SimDuration { plan.scanInterval }

  init(_ plan: NodePlan, ranks: Int) {
    self.plan = plan
    self.ranks = ranks
    room = plan.terms.replicasPerNode * ranks
  }

  /// Where a replica stands that is there from the start.
  mutating func settle() -> Int {
    let node = open.first ?? add(readyAt: 0)
    take(node)
    return node
  }

  /// Where another replica is to stand, and when it can start there: on the first node that has room, else
  /// on a new one. nil: the quota has none left.
  mutating func place(at now: Instant) -> (node: Int, readyAt: Instant)? {
    if open.isEmpty, let quota = plan.quota, count >= quota { return nil }
    let node = open.first ?? add(readyAt: now + Instant(plan.provisioning.picoseconds))
    take(node)
    return (node, max(now, nodes[node].readyAt))
  }

  /// An engine on `node` is gone.
  mutating func leave(_ node: Int) {
    nodes[node].engines -= 1
    if nodes[node].engines == 0 { count -= 1 }
    sort(node)
  }

  private mutating func add(readyAt: Instant) -> Int {
    nodes.append(Node(engines: 0, readyAt: readyAt))
    count += 1
    return nodes.count - 1
  }

  private mutating func take(_ node: Int) {
    nodes[node].engines += ranks
    sort(node)
  }

  /// Puts `node` among those that are open, if it is one of them.
  private mutating func sort(_ node: Int) {
    let engines = nodes[node].engines
    let isOpen = engines > 0 && engines + ranks <= room
    let place = open.firstIndex { $0 >= node } ?? open.count
    let stands = place < open.count && open[place] == node
    if isOpen, !stands { open.insert(node, at: place) }
    if !isOpen, stands { open.remove(at: place) }
  }
}
