import CZstd

/// Pages compressed as Zstandard (RFC 8878), by the system's libzstd, which checks a frame's
/// checksum where it has one.
enum Zstandard {
  /// Bytes that a block of 4 bytes, a run, can stand for.
  private static let largestBlock = 128 << 10

  static func decompress(_ bytes: [UInt8], size: Int) throws(ParquetProblem) -> [UInt8] {
    guard size <= largestBlock / 4 * (bytes.count + 1) else {
      throw .damaged("a page compressed by Zstandard has another size than it says")
    }
    // Room for one byte more, as a frame that holds nothing needs a place, too.
    var output = [UInt8](repeating: 0, count: size + 1)
    let filled = output.withUnsafeMutableBytes { output in
      bytes.withUnsafeBytes { input in
        ZSTD_decompress(output.baseAddress, size, input.baseAddress, input.count)
      }
    }
    guard ZSTD_isError(filled) == 0, filled == size else {
      throw .damaged("a page compressed by Zstandard cannot be decompressed")
    }
    output.removeLast()
    return output
  }
}
