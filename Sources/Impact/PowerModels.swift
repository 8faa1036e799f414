package import ServingSim

/// The shipped power models, by architecture.
package enum PowerModels {
  /// For `accelerator`: its architecture's, or the one for all of them.
  package static func model(for accelerator: Accelerator) -> PowerModel {
    byArchitecture[accelerator.architecture] ?? general
  }

  /// Idle H200s draw 74 to 80 W of 700 W; other accelerators are taken to draw the same share.
  package static let idle = 0.11

  static let general = PowerModel(
    idle: idle, floor: 0.35, compute: 0.5, memory: 0.4, provenance: "not fitted")

  private static let byArchitecture: [String: PowerModel] = [:]
}
