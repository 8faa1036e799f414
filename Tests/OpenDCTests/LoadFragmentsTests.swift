@testable import Impact
import ServingModel
import SimKernel
import Testing

@testable import OpenDC

/// An accelerator of 100 to 600 W in a host of 50 to 80 W.
private let power = OpenDCPower(
  gpu: LinearPower(least: Watts(100), most: Watts(600)),
  cpu: LinearPower(least: Watts(50), most: Watts(80)))

/// Of a replica of two accelerators that draw `gpu` each, with `cpu` of their hosts.
private func stretch(
  _ state: DrawProfile.State, _ seconds: Double, gpu: Double, cpu: Double = 50
) -> DrawProfile.Stretch {
  DrawProfile.Stretch(
    state: state, seconds: seconds, accelerators: Joules(2 * gpu * seconds),
    rest: Joules(2 * cpu * seconds))
}

private func fragments(_ windows: [[DrawProfile.Stretch]]) -> [LoadFragments.Fragment] {
  LoadFragments(DrawProfile(windows: windows), accelerators: 2, power: power).fragments
}

@Test func `loads are the draws of one accelerator and its host`() {
  let found = fragments([
    [
      stretch(.prefill, 0.2, gpu: 600, cpu: 80), stretch(.decode, 0.5, gpu: 350, cpu: 65),
      stretch(.idle, 0.3, gpu: 100),
    ]
  ])
  #expect(found.map(\.milliseconds) == [200, 500, 300])
  #expect(found.map { ($0.gpuLoad * 1e6).rounded() } == [1e6, 5e5, 0])
  #expect(found.map { ($0.cpuLoad * 1e6).rounded() } == [1e6, 5e5, 0])
  #expect(found.map(\.isBusy) == [true, true, false])
}

@Test func `neighbours of one draw are one fragment`() {
  let found = fragments([[stretch(.idle, 1, gpu: 100)], [stretch(.idle, 1, gpu: 100)]])
  #expect(found.map(\.milliseconds) == [2000])
}

@Test func `busy time and length are kept to the millisecond however short the stretches`() {
  var random = RandomStream(seed: 1, .tests)
  let windows = (0..<3000).map { _ in
    let prefill = Double.random(in: 1e-6...0.0021, using: &random)
    let decode = Double.random(in: 1e-6...0.0042 - prefill, using: &random)
    return [
      stretch(.prefill, prefill, gpu: 500), stretch(.decode, decode, gpu: 300),
      stretch(.idle, 0.0042 - prefill - decode + 1e-12, gpu: 100),
    ]
  }
  let busy = windows.reduce(0) { $0 + $1[0].seconds + $1[1].seconds }
  let found = fragments(windows)
  let busyFound = found.filter(\.isBusy).reduce(0) { $0 + $1.milliseconds }
  #expect(abs(Double(busyFound) - busy * 1000) <= 1.01)
  #expect(abs(found.reduce(0) { $0 + $1.milliseconds } - 12_600) <= 2)
  #expect(found.allSatisfy { $0.milliseconds > 0 })
}

@Test func `without idle time tasks are as long as the run`() {
  let windows = (0..<1000).map { _ in
    [stretch(.prefill, 0.0017, gpu: 500), stretch(.decode, 0.0026, gpu: 300)]
  }
  #expect(fragments(windows).reduce(0) { $0 + $1.milliseconds } == 4300)
}
