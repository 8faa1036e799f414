/// Kinds of servers by the draw of what is not an accelerator, for scenarios that cannot measure
/// theirs. Middles of what published measurements span.
package enum Hosts {
  package static let all: [(name: String, host: Sourced<HostPower>)] = [
    (
      "8-accelerators",
      Sourced(
        HostPower(idle: 1150, perAcceleratorWatt: 1.2, accelerators: 8),
        source: "the middle of 800 to 1500 W and of 1.15 to 1.25 W per W, servers of 8")
    ),
    (
      "2-accelerators",
      Sourced(
        HostPower(idle: 133, perAcceleratorWatt: 1.59, accelerators: 2),
        source: "fitted to a measured node of 2")
    ),
  ]

  package static func named(_ name: String) -> Sourced<HostPower>? {
    all.first { $0.name == name }?.host
  }
}
