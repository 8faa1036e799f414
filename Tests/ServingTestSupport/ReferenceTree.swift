/// A radix tree of texts, token by token.
struct ReferenceTree {
  private var root = Node(text: [])
  private var clock = 0

  private final class Node {
    var text: [BlockKey]
    var children: [Node] = []
    /// When each replica that has it was last sent, or found to have, a text that ends here.
    var used: [Int: Int] = [:]
    var first = -1

    init(text: [BlockKey]) { self.text = text }

    var all: [Node] { [self] + children.flatMap(\.all) }

    func isLeaf(of replica: Int) -> Bool {
      used[replica] != nil && !children.contains { $0.used[replica] != nil }
    }
  }

  private func common(_ a: ArraySlice<BlockKey>, _ b: [BlockKey]) -> Int {
    zip(a, b).prefix { $0 == $1 }.count
  }

  mutating func match(_ text: [BlockKey]) -> (tokens: Int, replica: Int)? {
    var (node, place) = (root, 0)
    while let next = node.children.first(where: { common(text[place...], $0.text) > 0 }) {
      let shared = common(text[place...], next.text)
      node = next
      place += shared
      if shared < next.text.count { break }
    }
    guard place > 0 else { return nil }
    let replica = node.used[node.first] != nil ? node.first : node.used.keys.min() ?? -1
    clock += 1
    node.used[replica] = clock
    return (place, replica)
  }

  mutating func insert(_ text: [BlockKey], _ replica: Int) {
    var (node, rest) = (root, text[...])
    while !rest.isEmpty {
      if let place = node.children.firstIndex(where: { common(rest, $0.text) > 0 }) {
        let next = node.children[place]
        let shared = common(rest, next.text)
        if shared < next.text.count { split(node, place, at: shared) }
        node = node.children[place]
        node.used[replica] = node.used[replica] ?? 0
        rest = rest.dropFirst(shared)
      } else {
        let leaf = Node(text: Array(rest))
        leaf.first = replica
        node.children.append(leaf)
        node = leaf
        rest = []
      }
    }
    clock += 1
    node.used[replica] = clock
  }

  private mutating func split(_ parent: Node, _ place: Int, at length: Int) {
    let lower = parent.children[place]
    let upper = Node(text: Array(lower.text.prefix(length)))
    upper.used = lower.used
    upper.first = lower.first
    upper.children = [lower]
    lower.text = Array(lower.text.dropFirst(length))
    parent.children[place] = upper
  }

  mutating func evict(from replica: Int, to most: Int) {
    while root.all.reduce(0, { $0 + ($1.used[replica] == nil ? 0 : $1.text.count) }) > most {
      let leaf = root.all.filter { $0.isLeaf(of: replica) }.min {
        ($0.used[replica] ?? 0) < ($1.used[replica] ?? 0)
      }
      leaf?.used[replica] = nil
      for node in root.all { node.children.removeAll { $0.used.isEmpty } }
    }
  }

  mutating func keep(only members: [Int]) {
    let holders = Set(root.all.flatMap(\.used.keys))
    for replica in holders.subtracting(members) { evict(from: replica, to: 0) }
  }
}
