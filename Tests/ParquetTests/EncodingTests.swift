import SimKernel
import Testing

@testable import Parquet

@Test(arguments: [1, 2, 3, 7, 8, 9, 17, 31, 32])
func `run lengths and packed bits read back`(width: Int) throws {
  var random = RandomStream(seed: UInt64(width), .tests)
  let most = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(width)) - 1)
  var values: [UInt32] = []
  while values.count < 3000 {
    let value = UInt32.random(in: 0...most, using: &random)
    values += repeatElement(value, count: [1, 1, 1, 2, 9, 40].randomElement(using: &random) ?? 1)
  }
  let bytes = RunLengthEncoder.bytes(values, width: width)
  var decoder = try RunLengthDecoder(ByteCursor(bytes), width: width)
  #expect(try values.map { _ in try decoder.next() } == values)
}

@Test func `a long run takes few bytes`() {
  #expect(RunLengthEncoder.bytes([UInt32](repeating: 3, count: 100_000), width: 2).count < 8)
}

@Test(arguments: [0, 1, 2, 32, 128, 129, 1000])
func `differences read back`(count: Int) throws {
  var random = RandomStream(seed: UInt64(count), .tests)
  let wild = (0..<count).map { _ in Int64.random(in: .min ... .max, using: &random) }
  let runs = (0..<count).map { index -> Int64 in Int64(index % 300) + Int64(index / 300) * 100_000 }
  for values in [wild, runs] {
    var decoder = try DeltaDecoder(ByteCursor(DeltaEncoder.bytes(values)))
    #expect(decoder.count == count)
    #expect(try values.map { _ in try decoder.next() } == values)
    #expect(throws: ParquetProblem.self) { try decoder.next() }
  }
  #expect(count < 1000 || DeltaEncoder.bytes(runs).count < count)
}

@Test func `behind differences another part of the page begins`() throws {
  let values = (0..<70).map { Int64($0 * $0) }
  let bytes = DeltaEncoder.bytes(values) + [9, 8]
  var decoder = try DeltaDecoder(ByteCursor(bytes))
  var behind = try decoder.finish()
  #expect(try behind.littleEndian(2) == 0x0809)
}

@Test func `packed bits cross bytes`() {
  var bytes: [UInt8] = []
  let values: [UInt64] = [0x1_2345_6789, 1, 0x1_ffff_ffff, 0]
  Bits.append(values, width: 33, to: &bytes)
  #expect(bytes.count == 17)
  #expect((0..<4).map { Bits.read(bytes, at: 33 * $0, width: 33) } == values)
}
