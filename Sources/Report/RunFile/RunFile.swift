package import ServingSim
package import TextAndBytes

/// run.bin: a finished run, to the bit, so that it can be billed, reported and drawn again without
/// simulating it. About 50 bytes a request.
///
/// Little-endian. After the magic bytes and the version come the parts in the order of the `put`
/// calls in `RunFileWriter`; a list is its length and its items, a text its bytes' number and its
/// UTF-8 bytes, columns stand one after the other. The last eight bytes are the sum of all before.
package enum RunFile {
  package static let name = "run.bin"
  static let magic: [UInt8] = Array("KAVIERUN".utf8)
  /// Readers refuse every other version: a run is cheap to repeat.
  static let version: UInt32 = 4

  static let sumSize = 8

  /// Hands the file's bytes to `sink` in large chunks; rethrows its errors.
  package static func write(_ run: FinishedRun, to sink: @escaping ByteSink) throws {
    var writer = RunFileWriter(to: sink)
    try writer.write(run)
  }

  /// Throws what is wrong with the file, when it is not whole or not one of ours.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws(RunFileError) -> FinishedRun {
    guard bytes.prefix(magic.count).elementsEqual(magic) else { throw .notARun }
    guard bytes.count >= magic.count + sumSize else { throw .truncated }
    let body = UnsafeRawBufferPointer(rebasing: bytes.dropLast(sumSize))
    var reader = RunFileReader(body)
    try reader.header()
    var sum = RunFileSum()
    sum.add(body)
    guard sum.value == bytes.loadUnaligned(fromByteOffset: body.count, as: UInt64.self) else {
      throw .damaged
    }
    return try reader.run()
  }
}

/// Why a run.bin cannot be read.
package enum RunFileError: Error, Hashable, CustomStringConvertible {
  case notARun
  case version(UInt32)
  case truncated
  case damaged

  package var description: String {
    switch self {
    case .notARun: "not a recorded run; expected a run.bin that `kavier simulate --out` wrote"
    case .version(let found):
      "a recorded run of format \(found); this program reads \(RunFile.version): simulate again"
    case .truncated: "ends early: the file was cut; simulate again"
    case .damaged: "damaged: its bytes are not those that were written; simulate again"
    }
  }
}

/// A 64-bit FNV-1a over words of eight bytes, the last one filled up with zeros: it tells a cut or
/// altered file from a whole one.
struct RunFileSum {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Adds bytes; all but the last ones in multiples of eight.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var place = 0
    while place + 8 <= bytes.count {
      combine(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
      place += 8
    }
    guard place < bytes.count else { return }
    var word: UInt64 = 0
    for byte in bytes[place...].reversed() { word = word << 8 | UInt64(byte) }
    combine(word)
  }

  @inline(__always)
  private mutating func combine(_ word: UInt64) {
    value = (value ^ word) &* 0x0000_0100_0000_01b3
    value ^= value >> 32
  }
}
