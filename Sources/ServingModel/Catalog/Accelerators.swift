/// The accelerators a scenario can name. A new one is one entry in the list of its maker.
package enum Accelerators {
  package static let all: [Accelerator] =
    beforeHopper + hopper + blackwell + amd + intel + google + aws

  /// The accelerator of that catalogue name, whatever its case.
  package static func named(_ id: String) -> Accelerator? {
    let wanted = id.lowercased()
    return all.first { $0.id == wanted }
  }
}
