import Impact
import ServingModel
import ServingSim
import SimKernel
import Testing

struct ReplicaPowerTests {
  /// Two accelerators of 500 W. A token is 10 operations and writes 1 byte; together they do 1000
  /// operations and move 100 bytes a second.
  private let power = ReplicaPower(
    law: .fitted(
      PowerModel(idle: 0.1, floor: 0.3, compute: 2, memory: 1, provenance: "a test")),
    thermalDesignPower: Watts(500), accelerators: 2,
    meter: WorkMeter(
      flopsPerToken: 10, flopsPerSampledSequence: 0, flopsPerPair: 0, flopsPerWindowedPair: 0,
      readBytesPerContext: 0, readBytesPerWindowedContext: 0, writtenBytesPerToken: 1,
      weightBytes: [], peakCompute: FLOPsPerSecond(1000), peakBandwidth: BytesPerSecond(100)))

  /// Prefill of 25 tokens in a second: 250 operations and 25 bytes. Decode of nothing for two.
  private var window: WindowTotals {
    var window = WindowTotals()
    window.prefillSteps.busy = 1e12
    window.prefillSteps.prefillTokens = 25
    window.decodeSteps.busy = 2e12
    return window
  }

  /// A load of 2 sqrt(0.25) + 0.25: 1 - 0.7 exp(-1.25) of 1000 W.
  private let prefill = 799.446642

  private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-6 * abs(b) }

  @Test func `nothing to do draws idle power`() {
    #expect(power.idle == Watts(100))
    let none = power.energy(of: WindowTotals(), length: SimDuration(seconds: 3))
    #expect(none == Joules(300))
  }

  @Test func `steps draw by what they do in a second`() {
    let effort = StepEffort(window.prefillSteps, by: power.meter)
    #expect(effort == StepEffort(busy: .second, flops: FLOPs(250), bytes: Bytes(25)))
    #expect(isNear(power.busy(effort).value, prefill))
    // The same work in twice the time: a load of 2 sqrt(0.125) + 0.125.
    let slow = StepEffort(busy: .second * 2, flops: FLOPs(250), bytes: Bytes(25))
    #expect(isNear(power.busy(slow).value, 695.407885))
  }

  @Test func `steps without time draw the floor`() {
    let nothing = StepEffort(busy: .zero, flops: FLOPs(0), bytes: Bytes(0))
    #expect(isNear(power.busy(nothing).value, 300))
  }

  @Test func `a window is its prefill, its decode and the rest idle`() {
    let energy = power.energy(of: window, length: SimDuration(seconds: 5))
    #expect(isNear(energy.value, prefill + 2 * 300 + 2 * 100))
  }

  @Test func `time that it is off draws nothing`() {
    var window = window
    window.offTime = 1.5e12
    let energy = power.energy(of: window, length: SimDuration(seconds: 5))
    #expect(isNear(energy.value, prefill + 2 * 300 + 0.5 * 100))
  }

  @Test func `a cap holds while steps run`() {
    var power = power
    power.cap = Watts(350)
    #expect(power.busy(StepEffort(window.prefillSteps, by: power.meter)) == Watts(700))
    #expect(isNear(power.busy(StepEffort(window.decodeSteps, by: power.meter)).value, 300))
  }

  @Test func `the windows of a run add up to the whole`() {
    let windows = [window, WindowTotals(), window, window]
    let recording = ReplicaRecording(
      windows: windows, windowLength: SimDuration(seconds: 4), steps: 0, preemptions: 0,
      peakUsedBlocks: 0, usableBlocks: 1, lookedUpTokens: 0, cachedTokens: 0)
    let whole = power.energy(of: recording, until: SimTime(seconds: 16))
    let parts = windows.reduce(0) {
      $0 + power.energy(of: $1, length: SimDuration(seconds: 4)).value
    }
    #expect(isNear(whole.value, parts))
    #expect(isNear(whole.value, 3 * (prefill + 600 + 100) + 400))
  }

  @Test func `a run ends within its last window, or is idle after it`() {
    let recording = ReplicaRecording(
      windows: [window], windowLength: SimDuration(seconds: 4), steps: 0, preemptions: 0,
      peakUsedBlocks: 0, usableBlocks: 1, lookedUpTokens: 0, cachedTokens: 0)
    let short = power.energy(of: recording, until: SimTime(seconds: 3.5))
    #expect(isNear(short.value, prefill + 600 + 50))
    let long = power.energy(of: recording, until: SimTime(seconds: 10))
    #expect(isNear(long.value, prefill + 600 + 100 + 600))
  }
}
