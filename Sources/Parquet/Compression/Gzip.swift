import CZlib

/// Pages compressed as gzip or zlib, by the system's zlib.
enum Gzip {
  static func decompress(_ bytes: [UInt8], size: Int) throws(ParquetProblem) -> [UInt8] {
    // zlib makes at most 1032 bytes of one.
    guard size <= 1032 * (bytes.count + 1) else {
      throw .damaged("a page compressed by gzip has another size than it says")
    }
    var output = [UInt8](repeating: 0, count: size)
    var input = bytes
    let filled = output.withUnsafeMutableBufferPointer { output in
      input.withUnsafeMutableBufferPointer { inflate($0, into: output) }
    }
    guard filled == size else { throw .damaged("a page compressed by gzip cannot be decompressed") }
    return output
  }

  /// Bytes that came out; nil: the data is damaged. A page may be several members.
  private static func inflate(
    _ input: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> Int? {
    var stream = z_stream()
    // 15 bits of window; 32: gzip or zlib, told by the head.
    let head = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, head) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(input.count)
    stream.next_out = output.baseAddress
    stream.avail_out = UInt32(output.count)
    while stream.avail_out > 0 {
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      if status == Z_STREAM_END, stream.avail_in > 0, stream.avail_out > 0 {
        guard inflateReset(&stream) == Z_OK else { return nil }
      } else if status != Z_OK {
        break
      }
    }
    return output.count - Int(stream.avail_out)
  }
}
