import ServingModel

/// What every step asks of a step-time model and a meter, asked of them once for all replicas of a
/// group, which share the tables.
package final class StepTables: @unchecked Sendable {
  let model: any StepTimeModel
  /// Decode-only step times by number of sequences; none where they are not all straight lines.
  let lines: UnsafeBufferPointer<DecodeLine>
  /// The meter's weight traffic by tokens in a step, in whole bytes; nothing without a meter.
  let weightBytes: UnsafeBufferPointer<Int64>

  /// `idlesInSteps`: steps without requests compute a token that nobody gets.
  init(
    _ model: any StepTimeModel, sequences: Int, _ meter: WorkMeter?, idlesInSteps: Bool = false
  ) {
    self.model = model
    let asked = (0...sequences).map { model.decodeLine(sequences: max(1, $0)) }
    let straight = asked.compactMap { $0 }
    lines = Self.table(straight.count == asked.count ? straight : [])
    var traffic = (meter?.weightBytes ?? []).map(Self.whole)
    if idlesInSteps, traffic.count > 1 { traffic[0] = traffic[1] }
    weightBytes = Self.table(traffic.isEmpty ? [0] : traffic)
  }

  deinit {
    lines.deallocate()
    weightBytes.deallocate()
  }

  /// What the tables take of memory.
  static func bytes(sequences: Int, _ meter: WorkMeter?) -> Int {
    (sequences + 1) * MemoryLayout<DecodeLine>.stride
      + (meter?.weightBytes.count ?? 0) * MemoryLayout<Int64>.stride
  }

  private static func table<Element: BitwiseCopyable>(
    _ elements: [Element]
  ) -> UnsafeBufferPointer<Element> {
    let table = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = table.initialize(from: elements)
    return UnsafeBufferPointer(table)
  }

  /// A step's weight traffic as the recording counts it: at most a pebibyte, which no engine reads.
  private static func whole(_ bytes: Double) -> Int64 {
    let most = Double(1 << 50)
    return bytes >= 0 && bytes < most ? Int64(bytes.rounded()) : Int64(most)
  }
}
