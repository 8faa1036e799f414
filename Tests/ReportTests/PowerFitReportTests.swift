import Accuracy
import Impact
import Testing

@testable import Report

struct PowerFitReportTests {
  private func model(_ floor: Double) -> PowerModel {
    PowerModel(idle: 0.11, floor: floor, compute: 2.5, memory: 1, provenance: "")
  }

  @Test func `models are rows by architecture, the common one is the last`() {
    let models = PowerFit.Models(
      general: model(0.25), byArchitecture: ["hopper": model(0.3), "ampere": model(0.2)],
      draws: ["hopper": 12, "ampere": 3])
    #expect(
      PowerFitReport.models(models) == """
        Architecture  draws   idle  floor  compute  memory    cap
        ampere            3  0.110  0.200    2.500   1.000  1.000
        hopper           12  0.110  0.300    2.500   1.000  1.000
        others            -  0.110  0.250    2.500   1.000  1.000

        """)
  }

  @Test func `errors are told by their median and ninth tenth`() {
    let errors = (0...10).reversed().map { Double($0) / 100 }
    #expect(
      PowerFitReport.errors(errors, in: "new model")
        == "At measured times, new model: half of 11 draws within 5.0 %, nine of ten within "
        + "9.0 %.\n")
  }
}
