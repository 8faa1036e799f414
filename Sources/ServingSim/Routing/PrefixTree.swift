/// A radix tree of texts that were sent to replicas: what SGLang's router knows of their caches.
///
/// A node is a stretch of text and has the replicas it was sent to. Who has a node has all before it.
/// Nodes are split where texts part.
struct PrefixTree {
  private struct Node {
    /// From the text's beginning.
    var start: Int
    var end: Int
    /// A chain that the text lies on up to `end`.
    var chain: Int
    /// 0: the root, which is no stretch.
    var parent: Int32
    /// Of its first token.
    var owner: Int
    var holders: [Holder]
    /// Who had it first.
    var first: Int32
  }

  private struct Holder {
    var replica: Int32
    /// When a text that ends here was sent there or found; 0: none was.
    var used: Int
    /// Nodes after this one that the replica has.
    var children: Int32
  }

  private struct Edge: Hashable {
    var node: Int32
    /// Of the first token after it.
    var owner: Int
  }

  private var nodes: [Node] = [
    Node(start: 0, end: 0, chain: -1, parent: 0, owner: -1, holders: [], first: -1)
  ]
  private var freed: [Int32] = []
  private var edges: [Edge: Int32] = [:]
  private var sizes: [Int: Int] = [:]
  private var clock = 0

  /// The replicas that have any text.
  var replicas: [Int] { sizes.keys.sorted() }

  /// The longest beginning of `text` that was sent anywhere, and where to.
  mutating func match(_ text: PromptText) -> (tokens: Int, replica: Int?) {
    var (node, place) = (Int32(0), 0)
    while place < text.tokens, let next = edges[Edge(node: node, owner: text.owner(of: place))] {
      let end = nodes[Int(next)].end
      place = min(text.shared(with: nodes[Int(next)].chain), end)
      node = next
      if place < end { break }
    }
    guard node > 0 else { return (0, nil) }
    let holders = nodes[Int(node)].holders
    let first = nodes[Int(node)].first
    let isThere = holders.contains { $0.replica == first }
    guard let replica = isThere ? first : holders.map(\.replica).min() else { return (0, nil) }
    touch(node, replica)
    return (place, Int(replica))
  }

  /// `text` is sent to `replica`.
  mutating func insert(_ text: PromptText, replica: Int) {
    let replica = Int32(replica)
    var (node, place) = (Int32(0), 0)
    while place < text.tokens {
      let edge = Edge(node: node, owner: text.owner(of: place))
      guard let next = edges[edge] else {
        node = add(edge, start: place, end: text.tokens, chain: text.chain)
        nodes[Int(node)].first = replica
        hold(node, replica)
        break
      }
      let shared = min(text.shared(with: nodes[Int(next)].chain), nodes[Int(next)].end)
      node = shared < nodes[Int(next)].end ? split(next, at: shared, edge, text) : next
      hold(node, replica)
      place = shared
    }
    touch(node, replica)
  }

  /// Forgets what the replica has, what was used least recently first, until it has no more than `most`
  /// tokens.
  mutating func evict(from replica: Int, to most: Int) {
    guard sizes[replica, default: 0] > most else { return }
    var leaves = Heap<Leaf>()
    for node in nodes.indices { file(Int32(node), Int32(replica), in: &leaves) }
    while sizes[replica, default: 0] > most, let leaf = leaves.first {
      _ = leaves.removeFirst()
      let parent = nodes[Int(leaf.node)].parent
      drop(leaf.node, Int32(replica))
      file(parent, Int32(replica), in: &leaves)
    }
    if sizes[replica] == 0 { sizes[replica] = nil }
  }

  /// No two leaves of a replica are equal. What was split off was used when the node after it was, and
  /// is a leaf only after that. A node that no text ended at is dropped as soon as it is a leaf, or next.
  private struct Leaf: BitwiseCopyable, Comparable {
    var used: Int
    var node: Int32

    static func < (a: Self, b: Self) -> Bool { a.used < b.used }
  }

  /// If nothing that the replica has comes after the node.
  private func file(_ node: Int32, _ replica: Int32, in leaves: inout Heap<Leaf>) {
    let holder = nodes[Int(node)].holders.first { $0.replica == replica }
    guard let holder, holder.children == 0 else { return }
    leaves.insert(Leaf(used: holder.used, node: node))
  }

  private mutating func add(_ edge: Edge, start: Int, end: Int, chain: Int) -> Int32 {
    let node = Node(
      start: start, end: end, chain: chain, parent: edge.node, owner: edge.owner, holders: [],
      first: -1)
    let id = freed.popLast() ?? Int32(nodes.count)
    if Int(id) == nodes.count { nodes.append(node) } else { nodes[Int(id)] = node }
    edges[edge] = id
    return id
  }

  /// Puts a node before `node` that ends at `end`. Returns it.
  private mutating func split(_ node: Int32, at end: Int, _ edge: Edge, _ text: PromptText) -> Int32
  {
    let old = nodes[Int(node)]
    let upper = add(edge, start: old.start, end: end, chain: old.chain)
    nodes[Int(upper)].first = old.first
    nodes[Int(upper)].holders = old.holders.map {
      Holder(replica: $0.replica, used: $0.used, children: 1)
    }
    nodes[Int(node)].start = end
    nodes[Int(node)].parent = upper
    nodes[Int(node)].owner = text.owner(of: end, on: old.chain)
    edges[Edge(node: upper, owner: nodes[Int(node)].owner)] = node
    return upper
  }

  private mutating func hold(_ node: Int32, _ replica: Int32) {
    let isNew = !nodes[Int(node)].holders.contains { $0.replica == replica }
    guard isNew else { return }
    nodes[Int(node)].holders.append(Holder(replica: replica, used: 0, children: 0))
    sizes[Int(replica), default: 0] += nodes[Int(node)].end - nodes[Int(node)].start
    count(nodes[Int(node)].parent, replica, 1)
  }

  private mutating func drop(_ node: Int32, _ replica: Int32) {
    nodes[Int(node)].holders.removeAll { $0.replica == replica }
    sizes[Int(replica), default: 0] -= nodes[Int(node)].end - nodes[Int(node)].start
    let parent = nodes[Int(node)].parent
    count(parent, replica, -1)
    guard nodes[Int(node)].holders.isEmpty else { return }
    edges[Edge(node: parent, owner: nodes[Int(node)].owner)] = nil
    freed.append(node)
  }

  /// One node more or less of the replica's comes after `node`.
  private mutating func count(_ node: Int32, _ replica: Int32, _ difference: Int32) {
    let place = nodes[Int(node)].holders.firstIndex { $0.replica == replica }
    if let place { nodes[Int(node)].holders[place].children += difference }
  }

  private mutating func touch(_ node: Int32, _ replica: Int32) {
    clock += 1
    let place = nodes[Int(node)].holders.firstIndex { $0.replica == replica }
    if let place { nodes[Int(node)].holders[place].used = clock }
  }
}
