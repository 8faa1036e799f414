import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

/// Writes the parts of a run one after the other through a buffer.
struct RunFileWriter {
  private var buffer: [UInt8] = []
  private var sum = RunFileSum()
  private let sink: ByteSink
  private static let flushSize = 1 << 20

  init(to sink: @escaping ByteSink) {
    self.sink = sink
    buffer.reserveCapacity(Self.flushSize + 4096)
  }

  mutating func write(_ run: FinishedRun) throws {
    buffer += RunFile.magic
    put(RunFile.version)
    put(run.name)
    put(run.seed)
    put(run.objectives)
    try put(kindsOf: run.replicas)
    try put(run.recording.outcomes, promptTokens: run.promptTokens)
    for label in RequestLabel.allCases { try put(run.traits[label]) }
    for number in RequestNumber.allCases {
      put(flag: run.traits[number] != nil)
      try column(run.traits[number] ?? [])
    }
    put(flag: run.deadlines != nil)
    try column(run.deadlines ?? []) { $0.picoseconds }
    put(count: run.recording.held.count)
    try column(run.recording.held) { $0.number }
    try column(run.recording.held) { Int64(clamping: $0.release.picoseconds) }
    for replica in run.recording.replicas { try put(replica) }
    try put(run.recording.interTokenLatencies)
    put(Int64(clamping: run.recording.end.picoseconds))
    put(count: run.remarks.count)
    for remark in run.remarks {
      for text in [remark.field, remark.value, remark.reason] { put(text) }
    }
    try flush(keeping: 0)
    put(sum.value)
    try flush(keeping: 0)
  }

  private mutating func put(_ objectives: ServiceLevelObjectives) {
    for limit in [
      objectives.timeToFirstToken, objectives.timePerOutputToken, objectives.endToEnd,
    ] {
      put(limit?.picoseconds ?? -1)
    }
  }

  /// Replicas that are alike are said once, and then how many of them follow each other.
  private mutating func put(kindsOf replicas: [FinishedReplica]) throws {
    var runs: [(replica: FinishedReplica, count: Int)] = []
    for replica in replicas {
      if let last = runs.last, last.replica == replica {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((replica, 1))
      }
    }
    put(count: runs.count)
    for (replica, count) in runs {
      put(count: count)
      put(replica)
      try flushIfFull()
    }
  }

  private mutating func put(_ replica: FinishedReplica) {
    put(replica.group)
    put(replica.model ?? "")
    put(count: replica.acceleratorCount)
    put(count: replica.dataParallelSize)
    put(replica.stepTimeName)
    put(replica.stepTimeProvenance)
    put(replica.powerCap?.value ?? -1)
    put(flag: replica.powersDown)
    put(flag: replica.accelerator != nil)
    if let accelerator = replica.accelerator { put(accelerator) }
    put(flag: replica.meter != nil)
    if let meter = replica.meter { for value in meter.rates { put(value) } }
    put(flag: replica.calibration != nil)
    if let calibration = replica.calibration { put(calibration) }
  }

  /// What power, cost and labels depend on; its peaks are the meter's.
  private mutating func put(_ accelerator: Accelerator) {
    put(accelerator.id)
    put(accelerator.name)
    put(accelerator.vendor)
    put(accelerator.memory.count)
    put(accelerator.memoryBandwidth.rate)
    for format in NumberFormat.allCases { put(accelerator.denseCompute[format]?.rate ?? -1) }
    put(accelerator.scaleUp?.technology ?? "")
    put(accelerator.scaleUp?.bandwidth.rate ?? -1)
    put(count: accelerator.scaleUp?.domain ?? 0)
    put(accelerator.hostLink.rate)
    put(accelerator.thermalDesignPower?.value ?? -1)
    put(accelerator.source)
    put(accelerator.note)
  }

  private mutating func put(_ standing: CalibrationStanding) {
    put(standing.profile ?? "")
    put(standing.status.rawValue)
    put(count: standing.errors.count)
    for error in standing.errors {
      put(error.status.rawValue)
      put(error.metric.rawValue)
      put(error.median)
      put(error.ninetieth)
    }
  }

  private mutating func put(_ outcomes: [Outcome], promptTokens: [Int32]) throws {
    put(count: outcomes.count)
    try column(promptTokens)
    try column(outcomes) { Int64(clamping: $0.arrival.picoseconds) }
    try column(outcomes) { Int64(clamping: $0.firstScheduled.picoseconds) }
    try column(outcomes) { Int64(clamping: $0.firstToken.picoseconds) }
    try column(outcomes) { Int64(clamping: $0.finish.picoseconds) }
    try column(outcomes) { $0.cachedTokens }
    try column(outcomes) { $0.outputTokens }
    try column(outcomes) { $0.replica }
    try column(outcomes) { $0.preemptions }
    try column(outcomes) { $0.status.rawValue }
  }

  private mutating func put(_ labels: RequestLabels?) throws {
    put(flag: labels != nil)
    guard let labels else { return }
    put(count: labels.names.count)
    for name in labels.names { put(name) }
    try column(labels.ofRequest)
  }

  private mutating func put(_ replica: ReplicaRecording) throws {
    put(replica.windowLength.picoseconds)
    put(Int64(clamping: replica.joined.picoseconds))
    put(Int64(clamping: replica.gone.picoseconds))
    for count in [
      replica.steps, replica.stepsOutside, replica.spans, replica.preemptions, replica.wakes,
      replica.peakUsedBlocks, replica.usableBlocks, replica.lookedUpTokens, replica.cachedTokens,
      replica.windows.count,
    ] {
      put(count: count)
    }
    for window in replica.windows {
      for value in window.values { put(value) }
      for count in window.counts { put(count: count) }
      try flushIfFull()
    }
  }

  private mutating func put(_ histogram: LogHistogram) throws {
    put(histogram.total)
    put(histogram.least)
    put(histogram.greatest)
    try column(histogram.counts)
  }

  private mutating func put(flag: Bool) { buffer.append(flag ? 1 : 0) }

  private mutating func put(count: Int) { put(Int64(count)) }

  private mutating func put(_ value: Double) { put(value.bitPattern) }

  private mutating func put(_ text: String) {
    put(count: text.utf8.count)
    buffer.append(contentsOf: text.utf8)
  }

  private mutating func put(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { buffer.append(contentsOf: $0) }
  }

  private mutating func column(_ values: [some FixedWidthInteger]) throws {
    try column(values) { $0 }
  }

  private mutating func column<Item>(
    _ items: [Item], _ value: (Item) -> some FixedWidthInteger
  ) throws {
    for item in items {
      put(value(item))
      try flushIfFull()
    }
  }

  private mutating func flushIfFull() throws {
    // The sum takes words of eight bytes.
    if buffer.count >= Self.flushSize { try flush(keeping: buffer.count % 8) }
  }

  /// Hands on all but the last `rest` bytes.
  private mutating func flush(keeping rest: Int) throws {
    try buffer.withUnsafeBytes { bytes in
      let part = UnsafeRawBufferPointer(rebasing: bytes.dropLast(rest))
      sum.add(part)
      try sink(part)
    }
    buffer.removeFirst(buffer.count - rest)
  }
}
