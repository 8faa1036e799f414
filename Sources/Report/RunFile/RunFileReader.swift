import ServingModel
import ServingSim
import SimKernel

/// Reads what `RunFileWriter` writes, in the same order; no length is believed before it is held
/// against the bytes that are left, and no number before it is held against what a run can come to.
struct RunFileReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0
  /// Of all counts up to now: no sum of some of them overflows.
  private var counted = 0

  /// The instants of a run; the frontend's latency can lie after the clock's end.
  private static let times = 0...2 * SimTime.last.picoseconds
  /// Beyond every integral over time of a run. Negative ones stand for nothing.
  private static let numbers = -1...1e30

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func run() throws(RunFileError) -> FinishedRun {
    let name = try text()
    let seed = try integer(UInt64.self)
    let objectives = try objectives()
    let replicas = try replicas()
    guard !replicas.isEmpty else { throw .damaged }
    let (outcomes, promptTokens) = try outcomes(replicas: replicas.count)
    let traits = try traits(requests: outcomes.count)
    let deadlines = try deadlines(requests: outcomes.count)
    let held = try held(requests: outcomes.count)
    var recordings: [ReplicaRecording] = []
    for _ in replicas { recordings.append(try recording()) }
    guard recordings.allSatisfy({ $0.hasWindows(like: recordings[0]) }) else { throw .damaged }
    let gaps = try histogram()
    let end = try time()
    guard !end.isNever, recordings[0].reaches(end) else { throw .damaged }
    var remarks: [Remark] = []
    for _ in 0..<(try count(ofSize: 24)) {
      remarks.append(Remark(field: try text(), value: try text(), reason: try text()))
    }
    guard place == bytes.count else { throw .damaged }
    return FinishedRun(
      name: name, seed: seed, objectives: objectives, promptTokens: promptTokens,
      traits: traits, deadlines: deadlines, replicas: replicas,
      recording: Recording(
        outcomes: outcomes, replicas: recordings, interTokenLatencies: gaps, held: held,
        end: end), remarks: remarks)
  }

  /// Goes past the magic bytes and a version that it can read.
  mutating func header() throws(RunFileError) {
    place = RunFile.magic.count
    let version = try integer(UInt32.self)
    guard version == RunFile.version else { throw .version(version) }
  }

  private mutating func objectives() throws(RunFileError) -> ServiceLevelObjectives {
    ServiceLevelObjectives(
      timeToFirstToken: try limit(), timePerOutputToken: try limit(), endToEnd: try limit())
  }

  /// nil: none.
  private mutating func limit() throws(RunFileError) -> SimDuration? {
    let limit: Int64 = try integer()
    guard limit <= Self.times.upperBound else { throw .damaged }
    return limit < 0 ? nil : SimDuration(picoseconds: limit)
  }

  private mutating func replicas() throws(RunFileError) -> [FinishedReplica] {
    var replicas: [FinishedReplica] = []
    for _ in 0..<(try count(ofSize: 8)) {
      let times = try count(ofSize: 0)
      // A recorded replica takes more bytes than this, so the file's length bounds the list.
      guard times <= bytes.count / 64 - replicas.count else { throw .truncated }
      replicas += Array(repeating: try replica(), count: times)
    }
    return replicas
  }

  private mutating func replica() throws(RunFileError) -> FinishedReplica {
    let group = try text()
    let model = try text()
    let count = try count(ofSize: 0)
    let ranks = try self.count(ofSize: 0)
    var replica = FinishedReplica(
      group: group, model: model.isEmpty ? nil : model, acceleratorCount: count,
      dataParallelSize: ranks,
      stepTimeName: try text(), stepTimeProvenance: try text())
    let powerCap = try number()
    if powerCap >= 0 { replica.powerCap = Watts(powerCap) }
    replica.powersDown = try flag()
    if try flag() { replica.accelerator = try accelerator() }
    if try flag() {
      var rates: [Double] = []
      for _ in 0..<WorkMeter.rateCount { rates.append(try number()) }
      // The last two are what others are divided by.
      guard rates.allSatisfy({ $0 >= 0 }), rates.suffix(2).allSatisfy({ $0 >= 1 }) else {
        throw .damaged
      }
      replica.meter = WorkMeter(rates: rates)
    }
    if try flag() { replica.calibration = try standing() }
    return replica
  }

  private mutating func accelerator() throws(RunFileError) -> Accelerator {
    let id = try text()
    let name = try text()
    let vendor = try text()
    let memory = Bytes(try number())
    let bandwidth = BytesPerSecond(try number())
    var compute: [NumberFormat: FLOPsPerSecond] = [:]
    for format in NumberFormat.allCases {
      let rate = try number()
      if rate >= 0 { compute[format] = FLOPsPerSecond(rate) }
    }
    let technology = try text()
    let linkRate = try number()
    let domain = try count(ofSize: 0)
    let hostLink = BytesPerSecond(try number())
    let power = try number()
    return Accelerator(
      id: id, name: name, vendor: vendor, memory: memory, memoryBandwidth: bandwidth,
      denseCompute: compute,
      scaleUp: linkRate < 0
        ? nil
        : ScaleUpLink(
          technology: technology, bandwidth: BytesPerSecond(linkRate), domain: domain),
      hostLink: hostLink, thermalDesignPower: power < 0 ? nil : Watts(power),
      source: try text(), note: try text())
  }

  private mutating func standing() throws(RunFileError) -> CalibrationStanding {
    let profile = try text()
    let status = try word(CalibrationStatus.self)
    var errors: [ExpectedError] = []
    for _ in 0..<(try count(ofSize: 32)) {
      errors.append(
        ExpectedError(
          try word(CalibrationStatus.self), try word(ExpectedError.Metric.self),
          median: try number(), ninetieth: try number()))
    }
    return CalibrationStanding(
      profile: profile.isEmpty ? nil : profile, status: status, errors: errors)
  }

  private mutating func outcomes(
    replicas: Int
  ) throws(RunFileError) -> ([Outcome], promptTokens: [Int32]) {
    let count = try count(ofSize: 51)
    let promptTokens: [Int32] = try column(count)
    var outcomes = [Outcome](repeating: Outcome(), count: count)
    for i in 0..<count { outcomes[i].arrival = try time() }
    for i in 0..<count { outcomes[i].firstScheduled = try time() }
    for i in 0..<count { outcomes[i].firstToken = try time() }
    for i in 0..<count { outcomes[i].finish = try time() }
    for i in 0..<count { outcomes[i].cachedTokens = try integer() }
    for i in 0..<count { outcomes[i].outputTokens = try integer() }
    for i in 0..<count {
      let replica: Int32 = try integer()
      guard replica < replicas else { throw .damaged }
      outcomes[i].replica = replica
    }
    for i in 0..<count { outcomes[i].preemptions = try integer() }
    for i in 0..<count {
      guard let status = OutcomeStatus(rawValue: try integer()) else {
        throw .damaged
      }
      outcomes[i].status = status
      guard outcomes[i].isPossible(promptTokens: promptTokens[i]) else { throw .damaged }
    }
    return (outcomes, promptTokens)
  }

  private mutating func traits(requests: Int) throws(RunFileError) -> RequestTraits {
    var traits = RequestTraits()
    for label in RequestLabel.allCases { traits[label] = try labels(requests: requests) }
    for number in RequestNumber.allCases where try flag() {
      let values: [Int64] = try column(requests)
      // Counts are of tokens, and no duration is longer than a run.
      let most = number.kind == .count ? Int64(Int32.max) : SimDuration.longest.picoseconds
      guard values.allSatisfy({ (RequestTraits.none...most).contains($0) }) else {
        throw .damaged
      }
      traits[number] = values
    }
    return traits
  }

  private mutating func labels(requests: Int) throws(RunFileError) -> RequestLabels? {
    guard try flag() else { return nil }
    var names: [String] = []
    for _ in 0..<(try count(ofSize: 8)) { names.append(try text()) }
    let ofRequest: [Int32] = try column(requests)
    guard ofRequest.allSatisfy({ $0 >= -1 && $0 < names.count }) else {
      throw .damaged
    }
    return RequestLabels(names: names, ofRequest: ofRequest)
  }

  private mutating func deadlines(requests: Int) throws(RunFileError) -> [SimDuration]? {
    guard try flag() else { return nil }
    let times: [Int64] = try column(requests)
    guard times.allSatisfy({ Self.times.contains(Instant($0)) }) else { throw .damaged }
    return times.map { SimDuration(picoseconds: $0) }
  }

  private mutating func held(requests: Int) throws(RunFileError) -> [HeldRequest] {
    let count = try count(ofSize: 12)
    let numbers: [Int32] = try column(count)
    let releases: [Int64] = try column(count)
    guard numbers.allSatisfy({ $0 >= 0 && $0 < requests }),
      releases.allSatisfy({ Self.times.contains(Instant($0)) })
    else { throw .damaged }
    return zip(numbers, releases).map {
      HeldRequest(number: $0, release: SimTime(picoseconds: Instant($1)))
    }
  }

  private mutating func recording() throws(RunFileError) -> ReplicaRecording {
    let windowLength = SimDuration(picoseconds: try integer())
    let (joined, gone) = (try time(), try time())
    guard !joined.isNever, joined <= gone else { throw .damaged }
    var counts: [Int] = []
    for _ in 0..<9 { counts.append(try count(ofSize: 0)) }
    var windows: [WindowTotals] = []
    let size = 8 * (WindowTotals.valueCount + WindowTotals.countCount)
    for _ in 0..<(try count(ofSize: size)) { windows.append(try window()) }
    var recording = ReplicaRecording(
      windows: windows, windowLength: windowLength, steps: counts[0], stepsOutside: counts[1],
      spans: counts[2], preemptions: counts[3], wakes: counts[4], peakUsedBlocks: counts[5],
      usableBlocks: counts[6], lookedUpTokens: counts[7], cachedTokens: counts[8])
    recording.joined = joined
    recording.gone = gone
    return recording
  }

  private mutating func window() throws(RunFileError) -> WindowTotals {
    var values: [Double] = []
    for _ in 0..<WindowTotals.valueCount { values.append(try number()) }
    guard values.allSatisfy({ $0 >= 0 }) else { throw .damaged }
    var counts: [Int] = []
    for _ in 0..<WindowTotals.countCount { counts.append(try count(ofSize: 0)) }
    return WindowTotals(values: values, counts: counts)
  }

  private mutating func histogram() throws(RunFileError) -> LogHistogram {
    let total = try number()
    let least: Int64 = try integer()
    let greatest: Int64 = try integer()
    let counts: [Int64] = try column(LogHistogram.bucketCount)
    for count in counts { try add(count) }
    if let last = counts.lastIndex(where: { $0 > 0 }) {
      guard total >= 0, least >= 0, least <= greatest, Self.times.contains(Instant(greatest)),
        last <= LogHistogram.bucket(of: greatest)
      else { throw .damaged }
    }
    return counts.withUnsafeBufferPointer {
      LogHistogram(counts: $0, total: total, least: least, greatest: greatest)
    }
  }

  private mutating func flag() throws(RunFileError) -> Bool { try integer(UInt8.self) == 1 }

  /// A number of items of at least `size` bytes each.
  private mutating func count(ofSize size: Int) throws(RunFileError) -> Int {
    let count: Int64 = try integer()
    try add(count)
    guard size == 0 || count <= (bytes.count - place) / size else { throw .truncated }
    return Int(count)
  }

  /// Counts `count`, which has to be one.
  private mutating func add(_ count: Int64) throws(RunFileError) {
    guard count >= 0, count <= Int.max / 4 - counted else { throw .damaged }
    counted += Int(count)
  }

  private mutating func number() throws(RunFileError) -> Double {
    let number = Double(bitPattern: try integer())
    guard Self.numbers.contains(number) else { throw .damaged }
    return number
  }

  private mutating func time() throws(RunFileError) -> SimTime {
    let time = SimTime(picoseconds: Instant(try integer() as Int64))
    guard time.isNever || Self.times.contains(time.picoseconds) else { throw .damaged }
    return time
  }

  private mutating func text() throws(RunFileError) -> String {
    let length = try count(ofSize: 1)
    defer { place += length }
    return String(decoding: bytes[place..<place + length], as: UTF8.self)
  }

  private mutating func word<Word: RawRepresentable<String>>(
    _ type: Word.Type
  ) throws(RunFileError) -> Word {
    let text = try text()
    guard let word = Word(rawValue: text) else { throw .damaged }
    return word
  }

  private mutating func column<Value: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int
  ) throws(RunFileError) -> [Value] {
    guard count <= (bytes.count - place) / MemoryLayout<Value>.size else { throw .truncated }
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try integer()) }
    return values
  }

  @inline(__always)
  private mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self
  ) throws(RunFileError) -> Value {
    let size = MemoryLayout<Value>.size
    guard bytes.count - place >= size else { throw .truncated }
    defer { place += size }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Value.self))
  }
}

extension ReplicaRecording {
  /// Whether it has windows, at the same times as `other` has them.
  fileprivate func hasWindows(like other: ReplicaRecording) -> Bool {
    windowLength == other.windowLength && windowLength > .zero
      && windows.count == other.windows.count
  }

  /// Whether the windows reach to `end` and no further than they have to.
  fileprivate func reaches(_ end: SimTime) -> Bool {
    let length = Instant(windowLength.picoseconds)
    return Instant(windows.count) == max(1, (end.picoseconds - 1) / length + 1)
  }
}

extension Outcome {
  /// Whether it can have come to that: times in order, and all that its status tells of.
  fileprivate func isPossible(promptTokens: Int32) -> Bool {
    // An aborted one ends when its replica drops it, before its client has what it was sent.
    let ends = status == .aborted ? [] : [finish]
    let times = ([arrival, firstScheduled, firstToken] + ends).filter { !$0.isNever }
    let isOrdered = zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }
    guard isOrdered, promptTokens >= 0, outputTokens >= 0, replica >= -1,
      (0...promptTokens).contains(cachedTokens)
    else { return false }
    return switch status {
    case .notArrived: true
    case .underWay, .aborted: !arrival.isNever
    case .rejectedPromptTooLong, .rejectedByAdmission: !arrival.isNever && !finish.isNever
    case .finished: times.count == 4 && replica >= 0
    }
  }
}
