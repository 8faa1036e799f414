import SimKernel

extension Fleet {
  /// What has happened, after which nothing does; the outcomes are the caller's.
  mutating func recording(outcomes: [Outcome]) -> Recording {
    let end = end
    var length = ReplicaRecorder.shortestWindow
    for i in 0..<count { length = max(length, replicas[i].recorder.windowLength) }
    // Also where the last thing that happened came to no replica.
    while end > Instant(length) * Instant(windowLimit) { length *= 2 }
    var records: [ReplicaRecording] = []
    // Who joined when all was over was of no use to anybody.
    let recorded = plannedCount + (plannedCount..<count).count { standings[$0].joined <= end }
    for i in 0..<recorded {
      let blocks = replicas[i].plan.usableBlocks
      recordOffAtEnd(i, end)
      let down = replicas[i].recorder.recordDown(until: end, epoch)
      var record = replicas[i].recorder.recording(
        windowLength: length, end: end, usableBlocks: blocks)
      (record.failures, record.downTime) = (down.count, down.time)
      record.migrations = replicas[i].recorder.migrations
      record.offloadedBlocks = replicas[i].tiers.offloadedBlocks
      record.joined = SimTime(picoseconds: standings[i].joined)
      record.gone = standings[i].gone > end ? .never : SimTime(picoseconds: standings[i].gone)
      if replicas[i].plan.nodes != nil, standings[i].node >= 0 {
        record.node = Int(standings[i].node)
      }
      records.append(record)
    }
    var recording = Recording(
      outcomes: outcomes, replicas: records,
      joined: (plannedCount..<recorded).map { replicas[$0].plan },
      interTokenLatencies: log.pointee.gaps.histogram, held: log.pointee.held,
      lost: log.pointee.lost, end: SimTime(picoseconds: end))
    recording.handoffs = log.pointee.handoffs
    recording.loads = log.pointee.loads.sorted(by: KVLoad.precedes)
    return recording
  }

  /// The run's end as `Recording.end` has it: nothing in a recording is later. When all have ended,
  /// what came after the last of them was of no use to anybody.
  private var end: Instant {
    guard !isOver else { return log.pointee.lastEnd }
    if isEndedByClock { return SimTime.last.picoseconds }
    var end = max(instant, log.pointee.lastEnd)
    // Tokens of requests that a stopped run left under way are with their clients by then.
    for i in 0..<count where load(of: i) > 0 {
      let delay = replicas[i].settings.frontend + log.pointee.longestWayBack
      end = max(end, instant + Instant(delay))
    }
    return end
  }
}
