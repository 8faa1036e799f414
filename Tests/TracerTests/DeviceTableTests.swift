import Testing

@testable import Tracer

@Suite(.timeLimit(.minutes(30))) struct DeviceTableTests {
  private func rows(_ lines: [String]) -> [(
    values: [(name: String, value: Double)], labels: String
  )] {
    var table = DeviceTable()
    return lines.compactMap { table.take($0) }
  }

  @Test func `nvidia-smi's table with units and a header at every run`() {
    let header = "index, power.draw [W], utilization.gpu [%], clocks.sm [MHz]"
    let rows = rows([header, "0, 71.50 W, 3 %, 1980 MHz", header, "1, [N/A], 0 %, 345 MHz"])
    #expect(rows.map(\.labels) == ["index=0", "index=1"])
    #expect(
      rows[0].values.map(\.name) == ["power.draw [W]", "utilization.gpu [%]", "clocks.sm [MHz]"])
    #expect(rows[0].values.map(\.value) == [71.5, 3, 1980])
    #expect(rows[1].values.map(\.value) == [0, 345])
  }

  @Test func `amd-smi's table`() {
    let rows = rows(["gpu,power,gpu_t,mem_t", "0,120,45,50", "1,119,N/A,51"])
    #expect(rows.map(\.labels) == ["gpu=0", "gpu=1"])
    #expect(rows[1].values.map(\.value) == [119, 51])
  }

  @Test func `lines that are no row of the table say nothing`() {
    #expect(rows(["NVIDIA-SMI has failed", "", "1, 2, 3"]).isEmpty)
    #expect(rows(["a,b", "1"]).isEmpty)
  }
}
