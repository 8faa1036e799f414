extension Accelerator {
  /// What the driver offers of the memory: what vLLM prints as the total behind "Free memory on
  /// device" and multiplies with `gpu_memory_utilization`. Cards with inline ECC lose a sixteenth.
  package var visibleMemory: Bytes {
    Self.printed[id].map { .gibibytes($0) } ?? memory * Self.usualShare
  }

  /// Where nobody printed it.
  private static let usualShare = 0.99

  /// GiB, as printed by vLLM or by PyTorch (`total capacity of`) in public logs.
  private static let printed: [String: Double] = [
    "a10": 22.07, "a10g": 22.07, "a100-pcie-40": 39.49, "a100-sxm-40": 39.49,
    "a100-pcie-80": 79.25, "a100-sxm-80": 79.25, "a40": 44.43, "gb200": 184.31,
    "h100-pcie": 79.19, "h100-sxm": 79.19, "h200-sxm": 139.81, "l4": 22.05, "l40": 44.39,
    "l40s": 44.39, "rtx-4090": 23.55, "rtx-6000-ada": 47.37, "rtx-pro-6000-bw": 94.97, "t4": 14.56,
    "v100-sxm2": 31.73,
  ]
}
