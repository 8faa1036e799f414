import Impact
import ServingSim
import SimKernel
import Testing

@testable import OpenDC

/// A replica of two accelerators of 700 W, whose peaks are one FLOP and one byte a second.
private let power = LinearPower(
  ReplicaPower(
    law: .fitted(
      PowerModel(
        idle: 0.1, floor: 0.3, compute: 3, memory: 1, cap: 0.9, provenance: "of this test")),
    thermalDesignPower: Watts(700), accelerators: 2,
    meter: WorkMeter(
      flopsPerToken: 1, flopsPerSampledSequence: 0, flopsPerPair: 0, flopsPerWindowedPair: 0,
      readBytesPerContext: 1, readBytesPerWindowedContext: 0, writtenBytesPerToken: 0,
      weightBytes: [], peakCompute: FLOPsPerSecond(1), peakBandwidth: BytesPerSecond(1))))

private func window(prefill: Double, decode: Double, tokens: Double = 0.2) -> WindowTotals {
  var window = WindowTotals()
  window.prefillSteps.busy = prefill * 1e12
  window.prefillSteps.prefillTokens = prefill * tokens
  window.decodeSteps.busy = decode * 1e12
  window.decodeSteps.context = decode * tokens
  return window
}

private func replica(_ windows: [WindowTotals], seconds: Double) -> ReplicaRecording {
  ReplicaRecording(
    windows: windows, windowLength: SimDuration(seconds: seconds), steps: 1, preemptions: 0,
    peakUsedBlocks: 0, usableBlocks: 0, lookedUpTokens: 0, cachedTokens: 0)
}

private func fragments(
  _ windows: [WindowTotals], seconds: Double, end: Double
) -> [LoadFragments.Fragment] {
  LoadFragments(
    replica(windows, seconds: seconds), power: power, until: SimTime(seconds: end)
  ).fragments
}

private func energy(_ fragments: [LoadFragments.Fragment]) -> Double {
  let (idle, most) = (power.idle.value, power.most.value)
  return fragments.reduce(0) {
    $0 + Double($1.milliseconds) / 1000 * (idle + (most - idle) * $1.load) * 2
  }
}

@Test func `a window is its prefilling, its decoding and the rest`() {
  let found = fragments([window(prefill: 0.2, decode: 0.5)], seconds: 1, end: 3)
  #expect(found.map(\.milliseconds) == [200, 500, 2300])
  #expect(found[2].load == 0 && found[0].load > found[1].load && found[1].load > 0)
}

@Test func `idle is 0 and the most is 1`() {
  #expect(power.idle == Watts(70) && power.most == Watts(630))
  #expect(power.load(Watts(1260)) == 1 && power.load(Watts(700)) == 0.5)
}

@Test func `the energy is that of the power model`() {
  let windows = (0..<50).map { window(prefill: Double($0) / 100, decode: 0.4) }
  let found = fragments(windows, seconds: 1, end: 60)
  let expected = power.replica.energy(
    of: replica(windows, seconds: 1), until: SimTime(seconds: 60))
  #expect(abs(energy(found) / expected.value - 1) < 1e-4)
}

@Test func `busy time and length are kept to the millisecond however short the stretches`() {
  var random = RandomStream(seed: 1, .tests)
  let windows = (0..<3000).map { _ in
    let prefill = Double.random(in: 0...0.0021, using: &random)
    return window(prefill: prefill, decode: Double.random(in: 0...0.0042 - prefill, using: &random))
  }
  let busy = windows.reduce(0) { $0 + ($1.prefillSteps.busy + $1.decodeSteps.busy) / 1e12 }
  let found = fragments(windows, seconds: 0.0042, end: 12.6)
  let busyFound = found.filter { $0.load > 0 }.reduce(0) { $0 + $1.milliseconds }
  #expect(abs(Double(busyFound) - busy * 1000) <= 0.51)
  #expect(abs(found.reduce(0) { $0 + $1.milliseconds } - 12_600) <= 1)
  #expect(found.allSatisfy { $0.milliseconds > 0 })
}

@Test func `a window that the end cuts is no longer than that`() {
  let found = fragments([window(prefill: 0, decode: 0.25)], seconds: 1, end: 0.4)
  #expect(found.map(\.milliseconds) == [250, 150])
}
