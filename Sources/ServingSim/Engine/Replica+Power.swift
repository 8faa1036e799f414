import SimKernel

/// Switching off for want of work, and coming back. Nothing happens when a replica goes off: whether
/// it is off follows from how long it has been idle, so that costs no event.
extension Replica {
  @inline(__always)
  func isOff(at now: Int64) -> Bool { !isBusy && now &- idleSince >= idleLimit }

  /// Comes back for a request that arrives at `now`. What was in the KV cache is gone.
  @inline(never)
  mutating func wake(at now: Int64) {
    recordOff(until: now)
    recorder.wakes += 1
    kv = KVCache(
      blockSize: blockSize, capacity: kv.capacity, findsPrefixes: kv.findsPrefixes,
      paths: kv.paths)
    isBusy = true
    isWaking = true
    span.start = now
    span.first = plan.powerDown?.wake.picoseconds ?? 0
    span.growth = 0
    span.resize(to: 1)
  }

  /// From now on it is like any replica that has just become idle.
  @inline(never)
  mutating func endWaking(at now: Int64) {
    isWaking = false
    isBusy = false
    idleSince = now
    ended.removeAll()
  }

  /// Writes down how long it has been off, if it is.
  mutating func recordOff(until now: Int64) {
    guard isOff(at: now) else { return }
    recorder.off(from: idleSince + idleLimit, to: now)
  }
}
