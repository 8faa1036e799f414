/// What the original knows of a GPU.
package struct OriginalGPU: Sendable, Hashable {
  package var name: String
  package var memoryGB: Double
  /// GB/s.
  package var bandwidth: Double
  /// TFLOPS at 16 bits.
  package var peak: Double
  package var cores: Int
  package var megahertz: Int

  /// The unit of GPU capacity and use: cores times MHz.
  var capacity: Double { Double(megahertz * cores) }

  /// Peaks with structured sparsity that stand for dense ones, and what is dense by the same data
  /// sheets.
  private static let densePeaks: [Double: Double] = [242: 121, 1513: 756, 1979: 989]

  var withDensePeak: OriginalGPU {
    var gpu = self
    gpu.peak = Self.densePeaks[peak] ?? peak
    return gpu
  }
}

extension OriginalGPU {
  /// The GPUs of a release, in its order.
  package static func all(_ release: Release) -> [OriginalGPU] {
    switch release {
    case .v0_1_0: first
    case .v0_5_3: first.map(\.withDensePeak) + later
    }
  }

  private static let first: [OriginalGPU] = [
    gpu("A10", 24, 600, 125, 9216, 1695), gpu("A100-40GB", 40, 1555, 312, 6912, 1410),
    gpu("A100-80GB", 80, 1935, 312, 6912, 1410), gpu("L4", 24, 300, 242, 7424, 2040),
    gpu("L40S", 48, 864, 362, 18176, 2520), gpu("H100-PCIe", 80, 2000, 1513, 14592, 1755),
    gpu("H100-SXM", 80, 3350, 1979, 16896, 1830), gpu("H200 SXM", 141, 4800, 1979, 16896, 1785),
  ]

  private static let later: [OriginalGPU] = [
    gpu("NVIDIA-A100-80GB-PCIe", 80, 1935, 312, 6912, 1410),
    gpu("NVIDIA-H100-PCIe", 80, 2000, 1513, 14592, 1755),
    gpu("NVIDIA-A100-SXM4-80GB", 80, 2039, 312, 6912, 1410),
  ]

  private static func gpu(
    _ name: String, _ memory: Double, _ bandwidth: Double, _ peak: Double, _ cores: Int,
    _ megahertz: Int
  ) -> OriginalGPU {
    OriginalGPU(
      name: name, memoryGB: memory, bandwidth: bandwidth, peak: peak, cores: cores,
      megahertz: megahertz)
  }
}
