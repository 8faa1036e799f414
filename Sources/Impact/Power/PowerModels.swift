package import ServingModel

/// The shipped power models, by architecture: what `kavier calibrate-power` makes of the mean draws
/// of measured serving runs, which are ML.ENERGY's on H100 and B200, LLM-Inference-Bench's on A100
/// and H100, and InferenceX's on MI355X.
package enum PowerModels {
  /// For `accelerator`: its architecture's, or the one for all of them.
  package static func model(for accelerator: Accelerator) -> PowerModel {
    byArchitecture[accelerator.architecture] ?? general
  }

  /// A round figure, not a fit, since serving runs are hardly ever idle: two reports of H200s with
  /// nothing to do have 74 and 80 W of 700 W.
  package static let idle = 0.11

  /// For architectures that were not measured.
  package static let general = PowerModel(
    idle: idle, floor: 0.254, compute: 3.033, memory: 0.817,
    provenance: "transferred from 210 measured draws of A100, H100, B200 and MI355X")

  private static let byArchitecture = [
    "ampere": PowerModel(
      idle: idle, floor: 0.249, compute: 2.766, memory: 0.785,
      provenance: "fitted to 16 measured draws of A100"),
    "hopper": PowerModel(
      idle: idle, floor: 0.300, compute: 3.432, memory: 0.571,
      provenance: "fitted to 132 measured draws of H100"),
    "blackwell": PowerModel(
      idle: idle, floor: 0.236, compute: 3.290, memory: 1.177,
      provenance: "fitted to 53 measured draws of B200"),
    "cdna": PowerModel(
      idle: idle, floor: 0.239, compute: 2.899, memory: 0.818,
      provenance: "fitted to 9 measured draws of MI355X"),
  ]
}
