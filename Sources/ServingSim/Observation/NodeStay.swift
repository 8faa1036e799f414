package import SimKernel

/// A node of a run: from when until when it was there, and who stood on it.
package struct NodeStay: Hashable, Sendable {
  /// The numbers of the engines that stood there, ascending.
  package var engines: [Int]
  /// The most engines that stand there at once.
  package var places: Int
  package var joined: Instant
  /// When the last of them was gone, at the latest the end of the run.
  package var gone: Instant
  /// As long as it is paid for, at the latest to the end of the run.
  package var paidUntil: Instant
}

extension FinishedRun {
  /// The nodes that its plan tells of, in the order of their first engines.
  package var nodes: [NodeStay] {
    struct Key: Hashable {
      var group: String
      var node: Int
    }
    var places: [Key: Int] = [:]
    var nodes: [NodeStay] = []
    let end = recording.end.picoseconds
    for (i, replica) in replicas.enumerated() {
      guard let terms = replica.nodes, let node = recording.replicas[i].node else { continue }
      let stay = recording.replicas[i].stay(until: end)
      let key = Key(group: replica.group, node: node)
      let place = places[key] ?? nodes.count
      if place == nodes.count {
        places[key] = place
        nodes.append(
          NodeStay(
            engines: [], places: terms.replicasPerNode * replica.dataParallelSize,
            joined: stay.lowerBound, gone: stay.upperBound, paidUntil: 0))
      }
      nodes[place].engines.append(i)
      nodes[place].joined = min(nodes[place].joined, stay.lowerBound)
      nodes[place].gone = max(nodes[place].gone, stay.upperBound)
      let least = nodes[place].joined + Instant(terms.minimumBilling.picoseconds)
      nodes[place].paidUntil = min(max(nodes[place].gone, least), end)
    }
    return nodes
  }
}

extension ReplicaRecording {
  /// When it was there in a run that ended at `end`.
  package func stay(until end: Instant) -> Range<Instant> {
    let first = min(joined.picoseconds, end)
    return first..<max(first, min(gone.picoseconds, end))
  }
}
