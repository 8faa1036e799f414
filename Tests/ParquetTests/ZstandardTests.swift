import Foundation
import Testing

@testable import Parquet

private let text = Array(
  (0..<60).map { "request \($0 % 7) waits for \($0 * $0 % 97) tokens; " }.joined().utf8)

/// What libzstd 1.5 makes of `text` at levels 1 and 19.
private let compressed = [
  """
  KLUv/WA7Bn0GAPJLHhewJenAEmIx06iAeZggR8qdpExJ6iUOBmQwCMSgOMjNf41Yj/HlI/O16PFLXaEy+0rj1Kf66WayZfJz\
  9raoyMylPW2mTmWiifqja8pPKZvq/JrT8kJVsmml82juV+ukM5Ukg0EgBsVBhhSKAGIcAgAFZMhhEAQDRCF2qDGsvv8dwDPT\
  ARBOhNzEuAPzQx68X11vvwgMfhpU1fsu+89KYI1rw8/5T3OXx+2KYYBXhoN/zV/S5sGL2uEGYYuYMPxdCgPszv8nMhfGHQMg\
  VQ==
  """,
  """
  KLUv/WA7Bv0EAJJIFxSwqQNgy0ImEiUxOXLLJFOSlTfJMH+yNdWbiYfF4mHiNZ/Kmvy/qvVMZr6U0O4JndNlP3uFsL20V80Q\
  bWslP43en93LWVvVARRDKI7loJMcw1EWImgOOosiMIiQBEGoEWD5/e+gmYrFErhBIEdwTPAH53bNGZkQK8FlZAwJ6VA+6QJk\
  XLujDnNpK9otW2/GC7qYr5EvQ0gGhimpAg==
  """,
]

private func bytes(_ base64: String) throws -> [UInt8] {
  Array(try #require(Data(base64Encoded: base64)))
}

@Test(arguments: compressed)
func `what libzstd compresses comes back`(base64: String) throws {
  #expect(try Zstandard.decompress(try bytes(base64), size: text.count) == text)
}

@Test func `frames follow each other, and skippable ones are skipped`() throws {
  let one = try bytes(compressed[0])
  let skipped: [UInt8] = [0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
  #expect(try Zstandard.decompress(one + skipped + one, size: 2 * text.count) == text + text)
}

@Test func `raw blocks and runs are understood`() throws {
  // No content size, window of 1 KiB; a raw block of "ab", then the last one: 5 times "c".
  let frame: [UInt8] = [
    0x28, 0xb5, 0x2f, 0xfd, 0, 0, 2 << 3, 0, 0, 97, 98, 5 << 3 | 3, 0, 0, 99,
  ]
  #expect(try Zstandard.decompress(frame, size: 7) == Array("abccccc".utf8))
  #expect(throws: ParquetProblem.self) { try Zstandard.decompress(frame, size: 6) }
}

@Test func `a damaged frame is told by its checksum`() throws {
  // No content size; a checksum; the last block, raw: "abc".
  let frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 4, 0, 3 << 3 | 1, 0, 0, 97, 98, 99]
  let checksum: [UInt8] = [0x99, 0x09, 0x77, 0xad]
  #expect(try Zstandard.decompress(frame + checksum, size: 3) == Array("abc".utf8))
  #expect(throws: ParquetProblem.self) {
    try Zstandard.decompress(frame + [checksum[0] ^ 1] + checksum[1...], size: 3)
  }
}

@Test func `a page that says it is larger than its bytes can be takes no memory`() throws {
  let whole = try bytes(compressed[0])
  #expect(throws: ParquetProblem.self) { try Zstandard.decompress(whole, size: 1 << 30) }
}

@Test func `no change of a byte makes Zstandard crash or write too much`() throws {
  for base64 in compressed {
    let whole = try bytes(base64)
    for at in whole.indices {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff, whole[at] ^ 4] {
        var changed = whole
        changed[at] = value
        if let output = try? Zstandard.decompress(changed, size: text.count) {
          #expect(output.count == text.count)
        }
      }
      #expect(throws: ParquetProblem.self) {
        try Zstandard.decompress(Array(whole[..<at]), size: text.count)
      }
    }
  }
}
