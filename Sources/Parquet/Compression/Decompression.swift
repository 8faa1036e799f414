/// A page's bytes as they were before compression.
enum Decompression {
  /// Pages are about 1 MiB; a writer that makes larger ones than this is not known.
  private static let largest = 1 << 30

  /// `size` is what the page says it has when decompressed.
  static func bytes(
    _ bytes: [UInt8], codec: Int64, size: Int
  ) throws(ParquetProblem) -> [UInt8] {
    guard size <= largest else { throw ParquetProblem("a page is larger than 1 GiB") }
    switch ParquetCompression(rawValue: codec) {
    case .uncompressed:
      guard bytes.count == size else { throw .damaged("a page has another size than it says") }
      return bytes
    case .snappy: return try Snappy.decompress(bytes, size: size)
    case .gzip: return try Gzip.decompress(bytes, size: size)
    case .zstd: return try Zstandard.decompress(bytes, size: size)
    case nil:
      let names: [Int64: String] = [3: "LZO", 4: "Brotli", 5: "LZ4", 7: "LZ4_RAW"]
      throw ParquetProblem(
        """
        is compressed by \(names[codec] ?? "codec \(codec)"); write it with Snappy, gzip, Zstandard \
        or no compression
        """)
    }
  }
}
