/// Rents of accelerators in USD an hour on demand, with their host: the least and the most of the
/// price points found in 2026. Spot and yearly contracts are cheaper and not in them.
package enum AcceleratorPrices {
  /// nil: no price is known.
  package static func of(_ accelerator: String) -> Sourced<Interval>? { byID[accelerator] }

  package static let byID: [String: Sourced<Interval>] = [
    "t4": Sourced(Interval(0.526, 0.526), source: "AWS g4dn / Azure NC4as (2026-09-06)"),
    "v100-sxm2": Sourced(
      Interval(0.79, 3.06), source: "Lambda 8x (2026) to AWS p3.2xlarge (2026-09-06)"),
    "a10": Sourced(Interval(2, 2), source: "OCI VM.GPU.A10.1 (2026-09-06)"),
    "a10g": Sourced(Interval(1.006, 1.006), source: "AWS g5.xlarge (2026-09-06)"),
    "l4": Sourced(
      Interval(0.708, 0.8048),
      source: "GCP g2-standard-4 (2026-09-06) to AWS g6.xlarge (2026-09-06)"),
    "l40s": Sourced(
      Interval(1.5484, 1.861), source: "Nebius (2025/26) to AWS g6e.xlarge (2026-09-06)"),
    "l40": Sourced(Interval(1, 1), source: "Hyperstack (2025/26)"),
    "a100-sxm-40": Sourced(
      Interval(2.745, 3.673), source: "AWS p4d (2026-09-06) to GCP a2-highgpu-1g (2026-09-06)"),
    "a100-sxm-80": Sourced(
      Interval(0.8, 5.07), source: "22+ providers (2026-05) to GCP a2-ultragpu-1g (2026-09-06)"),
    "a100-pcie-80": Sourced(
      Interval(1.35, 1.39), source: "Hyperstack (2025/26) to RunPod secure (2026)"),
    "h100-sxm": Sourced(
      Interval(2.4, 12.29),
      source: "Hyperstack SXM5 x8 (2025/26) to Azure ND96isr_H100_v5 (2026-09-06)"),
    "h100-pcie": Sourced(Interval(1.9, 1.9), source: "Hyperstack (2025/26)"),
    "h200-sxm": Sourced(
      Interval(2.5, 7), source: "22+ providers (2026-05) to 22+ providers (2026-05)"),
    "gh200": Sourced(Interval(2.29, 2.29), source: "Lambda (2025/26)"),
    "b200-sxm": Sourced(
      Interval(4.5, 7.52), source: "specialised clouds (2026-03) to signwl index (2026-04)"),
    "gb200": Sourced(Interval(12.47, 12.47), source: "signwl index (2026-04)"),
    "gb300": Sourced(Interval(12.32, 12.32), source: "signwl index (2026-04)"),
    "b300-sxm": Sourced(Interval(10.31, 10.31), source: "signwl index (2026-04)"),
    "mi300x": Sourced(
      Interval(1.5, 6), source: "TensorWave (2026-05-18) to Azure / OCI (2026-05-18)"),
    "mi325x": Sourced(Interval(1.95, 1.95), source: "TensorWave (2026-05-18)"),
  ]
}
