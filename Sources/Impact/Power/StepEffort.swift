package import ServingModel
package import ServingSim
package import SimKernel

/// What the power of steps depends on: how long they ran, and what all accelerators of the replica
/// did in that time.
package struct StepEffort: Hashable, Sendable {
  package var busy: SimDuration
  package var flops: FLOPs
  package var bytes: Bytes

  package init(busy: SimDuration, flops: FLOPs, bytes: Bytes) {
    self.busy = busy
    self.flops = flops
    self.bytes = bytes
  }

  package init(_ steps: StepTotals, by meter: WorkMeter) {
    busy = SimDuration(clamping: Instant(steps.busy.rounded()))
    flops = meter.flops(of: steps)
    bytes = meter.bytes(of: steps)
  }
}
