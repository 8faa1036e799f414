import FoundationEssentials
import Report
import ServingModel
import Testing

struct CalibrationProfileSwiftTests {
  @Test func `a profile becomes a source file, value by value`() {
    let profile = CalibrationProfile(
      name: "ours-2026.12", source: "ten \"good\" points",
      base: Coefficient.allCases.map { $0.unit == .seconds ? 40.12e-6 : 0.5 },
      effects: [
        CalibrationEffect(
          [.layerLatency, .hostTime], .accelerator, "h100-sxm", factor: 0.93, standardError: 0.04),
        CalibrationEffect([.allReduceLatency], .tensorDoublings, factor: 1.1),
      ],
      evidence: [
        CalibrationEvidence(
          engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-8b", precision: .float8,
          layout: .tensor, cases: 4)
      ],
      errors: [ExpectedError(.newModel, .tpot, median: 0.1, ninetieth: 0.2)])
    let text = CalibrationProfileSwift.render(profile)
    for line in [
      "  static let ours202612 = CalibrationProfile(", "    source: \"ten \\\"good\\\" points\",",
      "      (.matrixBandwidth, 0.5),", "      (.layerLatency, 40.12e-6),",
      "      .init([.layerLatency, .hostTime], .accelerator, \"h100-sxm\", factor: 0.93, "
        + "standardError: 0.04),",
      "      .init([.allReduceLatency], .tensorDoublings, factor: 1.1, standardError: 0.0),",
      "      .init(engine: \"vllm\", accelerator: \"h100-sxm\", model: \"llama-3.1-8b\", "
        + "precision: .float8, layout: .tensor, cases: 4),",
      "      .init(.newModel, .tpot, median: 0.1, ninetieth: 0.2),",
    ] { #expect(text.contains("\n" + line + "\n"), "\(line)") }
  }
}
