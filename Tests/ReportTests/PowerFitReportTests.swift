import Accuracy
import Impact
import Report
import Testing

struct PowerFitReportTests {
  private func model(_ floor: Double) -> PowerModel {
    PowerModel(idle: 0.11, floor: floor, compute: 2.5, memory: 1, provenance: "")
  }

  @Test func `models are rows by architecture, the common one is the last`() {
    let models = PowerFit.Models(
      general: model(0.25), byArchitecture: ["hopper": model(0.3), "ampere": model(0.2)],
      draws: ["hopper": 12, "ampere": 3])
    #expect(
      PowerFitReport.text(models) == """
        architecture  draws   idle  floor  compute  memory    cap
        ampere            3  0.110  0.200    2.500   1.000  1.000
        hopper           12  0.110  0.300    2.500   1.000  1.000
        others            -  0.110  0.250    2.500   1.000  1.000

        """)
  }

  @Test func `errors are told of models alone and of predictions`() {
    let prediction = Prediction(
      row: MeasuredRow(
        caseID: "a", caseIndex: 0, metric: "gpu_power_avg_total", value: 400,
        keys: ["gpu": "H100"]), predicted: 500, reason: "")
    let errors = (0...10).map { Double($0) / 100 }
    #expect(
      PowerFitReport.text("in sample", errorsAtMeasuredTimes: errors, [prediction]) == """

        in sample
        at measured times half of 11 draws are met within 5.0 %, nine of ten within 9.0 %

        metric               rows  unsupported  median  mean   bias
        gpu_power_avg_total     1            0    25.0  25.0  +25.0

        gpu metric                rows  unsupported  median  mean   bias
        H100 gpu_power_avg_total     1            0    25.0  25.0  +25.0

        """)
  }

  @Test func `nothing measured is nothing to tell`() {
    let text = PowerFitReport.text("in sample", errorsAtMeasuredTimes: [], [])
    #expect(text.contains("no draw was measured"))
  }
}
