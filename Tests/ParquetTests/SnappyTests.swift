import SimKernel
import Testing

@testable import Parquet

@Test(arguments: [0, 1, 3, 59, 60, 61, 300, 70_000, 200_000])
func `what Snappy compresses comes back`(count: Int) throws {
  var random = RandomStream(seed: UInt64(count), .tests)
  let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  let text = (0..<count).map { UInt8($0 * $0 % 251 % 17) }
  let same = [UInt8](repeating: 7, count: count)
  for bytes in [noise, text, same] {
    #expect(try Snappy.decompress(Snappy.compress(bytes), size: count) == bytes)
  }
  #expect(count < 1000 || Snappy.compress(same).count < count / 15)
}

@Test func `Snappy's own elements are understood`() throws {
  // Literal "abcd", copy of 4 from 4 back (one-byte offset), copy of 3 from 1 back.
  let bytes: [UInt8] = [11, 3 << 2] + Array("abcd".utf8) + [0x01, 4, 2 << 2 | 2, 1, 0]
  #expect(try Snappy.decompress(bytes, size: 11) == Array("abcdabcdddd".utf8))
}

@Test(arguments: [
  [5, 3 << 2, 97], [4, 3 << 2, 97, 98, 99, 100, 0], [8, 0, 97, 2 << 2 | 2, 9, 0],
  [255, 255, 255, 255, 15, 0, 97], [2, 0, 97],
])
func `damaged Snappy is refused`(bytes: [UInt8]) {
  #expect(throws: ParquetProblem.self) { try Snappy.decompress(bytes, size: 4) }
  #expect(throws: ParquetProblem.self) { try Snappy.decompress(bytes, size: Int(bytes[0])) }
}
