import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is written from beginning to end, gzip where its name says so.
package final class FileWriter {
  let path: String
  private let claim: Claim
  private var file: gzFile?
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 18

  /// `isUnfinished`: it goes when a signal ends the program before it is in its place.
  package init(path: String, isUnfinished: Bool = false) throws(FileProblem) {
    self.path = path
    do throws(Claim.Refusal) {
      claim = try isUnfinished ? Claim.unfinished(file: path) : Claim(file: path)
    } catch {
      throw Self.problem(.create, path, error.code)
    }
    // Level 4 costs half of level 6 and is a few per cent larger. T: as it is.
    file = gzdopen(dup(claim.descriptor), path.hasSuffix(".gz") ? "wb4" : "wbT")
    guard let file else { throw Self.problem(.create, path, ENOMEM) }
    gzbuffer(file, 1 << 17)
    buffer.reserveCapacity(Self.bufferSize + 1 << 12)
  }

  deinit {
    if let file { gzclose(file) }
  }

  /// Lets `body` append bytes.
  package func append(_ body: (inout [UInt8]) -> Void) throws(FileProblem) {
    body(&buffer)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  package func append(_ text: String) throws(FileProblem) {
    try append { $0.append(contentsOf: text.utf8) }
  }

  private func flush() throws(FileProblem) {
    guard !buffer.isEmpty else { return }
    let size = buffer.count
    let written = buffer.withUnsafeBytes { gzwrite(file, $0.baseAddress, UInt32(size)) }
    guard Int(written) == size else { throw Self.problem(.write, path, errno) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Hands all that was appended until now to the system, so that it stays if the program is killed.
  package func handOver() throws(FileProblem) {
    try flush()
    guard gzflush(file, Z_SYNC_FLUSH) == Z_OK else { throw Self.problem(.write, path, errno) }
  }

  /// Writes what is left; nothing may follow.
  package func finish() throws(FileProblem) {
    try flush()
    let status = gzclose(file)
    file = nil
    // Full disks of some file systems only show here.
    guard status == Z_OK, fsync(claim.descriptor) == 0 else {
      throw Self.problem(.write, path, errno)
    }
  }

  package static func problem(_ step: FileProblem.Output, _ path: String, _ code: Int32)
    -> FileProblem
  {
    guard code != EWOULDBLOCK else {
      return FileProblem(
        file: path,
        message: "another kavier is writing it; wait for it to end or choose another place",
        output: step)
    }
    let reason = String(cString: strerror(code == 0 ? EIO : code))
    return FileProblem(
      file: path, message: "cannot \(step == .create ? "create" : "write") it: \(reason)",
      output: step)
  }
}

/// Numbers and texts as bytes.
extension [UInt8] {
  package mutating func append(decimal value: Int64) {
    guard value != 0 else { return append(UInt8(ascii: "0")) }
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = count
    while rest > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    self[start...].reverse()
  }

  /// A CSV field, in quotes where it has to be.
  package mutating func append(field text: String) {
    let needsQuotes =
      text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      || text.utf8.first == 0x20 || text.utf8.last == 0x20
    guard needsQuotes else { return append(contentsOf: text.utf8) }
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  package mutating func append(json text: String) {
    var quoted = ""
    JSON.quote(text, to: &quoted)
    append(contentsOf: quoted.utf8)
  }
}
