import Foundation
import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

#if canImport(Glibc)
  import Glibc
#endif

/// Serves one body over HTTP on this machine, and breaks off where it is told to.
private final class SmallServer: @unchecked Sendable {
  let port: UInt16
  private let socket: Int32
  private let body: [UInt8]
  private let lock = NSLock()
  private var cuts: [Int]
  private var starts: [Int] = []

  /// The n-th answer ends after `cuts[n]` bytes; later ones are whole.
  init(_ body: [UInt8], cuts: [Int] = []) throws {
    self.body = body
    self.cuts = cuts
    let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard bound, listen(descriptor, 8) == 0 else { throw ScratchError() }
    socket = descriptor
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in serve() }
  }

  func stop() {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  /// From which byte on each answer was asked for.
  var asked: [Int] { lock.withLock { starts } }

  private func serve() {
    while true {
      let client = accept(socket, nil, nil)
      guard client >= 0 else { return }
      answer(client)
      close(client)
    }
  }

  private func answer(_ client: Int32) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(client, &buffer, buffer.count)
    let request = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    var start = 0
    if let range = request.range(of: "Range: bytes=") {
      start = Int(request[range.upperBound...].prefix { $0.isNumber }) ?? 0
    }
    let cut = lock.withLock {
      starts.append(start)
      return cuts.isEmpty ? nil : cuts.removeFirst()
    }
    let rest = Array(body[min(start, body.count)...])
    let status = start > 0 ? "206 Partial Content" : "200 OK"
    let head = """
      HTTP/1.1 \(status)\r
      Content-Length: \(rest.count)\r
      Content-Range: bytes \(start)-\(body.count - 1)/\(body.count)\r
      Connection: close\r
      \r

      """
    for bytes in [Array(head.utf8), Array(rest.prefix(cut ?? rest.count))] {
      _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
  }
}

private let body = Array(
  ("TIMESTAMP,ContextTokens,GeneratedTokens\n"
    + (10..<60).map { "2024-05-10 00:00:\($0),5,6" }.joined(separator: "\n") + "\n").utf8)

private func sum(_ bytes: [UInt8]) -> String {
  var sum = SHA256()
  sum.update(bytes[...])
  return sum.finish()
}

private func entry(_ server: SmallServer, sha256: String?, size: Int64? = nil) -> ArchiveEntry {
  entry(port: server.port, sha256: sha256, size: size)
}

private func entry(port: UInt16, sha256: String?, size: Int64? = nil) -> ArchiveEntry {
  ArchiveEntry(
    "small", title: "Small", summary: "A small trace.", publisher: "Nobody", licence: "MIT",
    isRedistributable: true, citation: "None", format: .azure,
    files: [
      .init("http://127.0.0.1:\(port)/small.csv", size: size, sha256: sha256)
    ], issues: ["It is small."])
}

@Suite(.timeLimit(.minutes(30)), .serialized) struct DownloadTests {
  @Test func `the checksum is SHA-256's`() {
    #expect(
      sum(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      sum([UInt8](repeating: 0x61, count: 1000))
        == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
  }

  @Test func `a trace is fetched, checked and imported with its licence`() throws {
    let folder = try TemporaryFolder()
    let server = try SmallServer(body)
    defer { server.stop() }
    let entry = entry(server, sha256: sum(body), size: Int64(body.count))
    let reading = try TraceImport.fetch(
      entry, cache: folder.path + "/cache", to: folder.path + "/o")
    #expect(reading.rowsWritten == 50)
    #expect(reading.header["licence", "spdx"]?.text == "MIT")
    #expect(reading.header["known_issues"]?.array == [.string("It is small.")])
    // What is there and sound is not fetched again.
    _ = try TraceImport.download(entry, cache: folder.path + "/cache")
    #expect(server.asked == [0])
  }

  @Test func `a download that broke off goes on where it stopped`() throws {
    let folder = try TemporaryFolder()
    let server = try SmallServer(body, cuts: [400, 400, 400, 400])
    defer { server.stop() }
    let entry = entry(server, sha256: sum(body))
    let first = #expect(throws: FileProblems.self) {
      try TraceImport.download(entry, cache: folder.path)
    }
    #expect(
      first?.description.contains("goes on from there") == true, "\(String(describing: first))")
    for _ in 0..<4 { _ = try? TraceImport.download(entry, cache: folder.path) }
    let paths = try TraceImport.download(entry, cache: folder.path)
    #expect(try Data(contentsOf: URL(filePath: paths[0])) == Data(body))
    #expect(server.asked.contains(400) && server.asked.filter { $0 == 0 }.count <= 4)
  }

  @Test func `a wrong checksum is told and the file removed`() throws {
    let folder = try TemporaryFolder()
    let server = try SmallServer(body)
    defer { server.stop() }
    let wrong = String(repeating: "0", count: 64)
    let problem = #expect(throws: FileProblems.self) {
      try TraceImport.download(entry(server, sha256: wrong), cache: folder.path)
    }
    #expect(problem?.description.contains("\(wrong) was expected") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/small") == [])
  }

  @Test func `a full disk is told`() throws {
    let file = try PartFile("/dev/full", of: .init("http://a/b"))
    let problem = #expect(throws: FileProblem.self) {
      try file.append(body[...])
    }
    #expect(problem?.output == .write, "\(String(describing: problem))")
  }

  @Test func `a link in a download's place is not followed`() throws {
    let folder = try TemporaryFolder()
    let server = try SmallServer(body)
    defer { server.stop() }
    let other = try folder.file("other", "mine")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/c/small", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/c/small/small.csv.part", withDestinationPath: other)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/d", withDestinationPath: folder.path)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/e", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/e/small", withDestinationPath: folder.path)
    for cache in ["/c", "/e"] {
      let problem = #expect(throws: FileProblems.self) {
        try TraceImport.download(entry(server, sha256: nil), cache: folder.path + cache)
      }
      #expect(problem?.description.contains("is a link") == true)
    }
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "mine")
    #expect(server.asked.isEmpty)
    // The cache itself may lie elsewhere.
    _ = try TraceImport.download(entry(server, sha256: nil), cache: folder.path + "/d")
  }

  @Test func `a file longer than stated is stopped and removed`() throws {
    let folder = try TemporaryFolder()
    let server = try SmallServer(body)
    defer { server.stop() }
    let problem = #expect(throws: FileProblems.self) {
      try TraceImport.download(entry(server, sha256: nil, size: 100), cache: folder.path)
    }
    #expect(problem?.description.contains("sends more than its 100 bytes") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/small") == [])
  }

  @Test func `a checksum counts in either case`() throws {
    let folder = try TemporaryFolder()
    let server = try SmallServer(body)
    defer { server.stop() }
    let entry = entry(server, sha256: sum(body).uppercased())
    #expect(try TraceImport.download(entry, cache: folder.path).count == 1)
  }

  @Test(arguments: [
    "file:///etc/passwd", "-K/etc/passwd", "--output=x", "ftp://a/b", "http:///b", "http://a/..",
    "https://a/b c", "http://a/.bashrc", "gopher://a/b", "HTTP:/a", "",
  ])
  func `an address that is none of HTTP's is not asked for`(url: String) throws {
    let folder = try TemporaryFolder()
    var entry = entry(port: 1, sha256: nil)
    entry.files[0].url = url
    let problem = #expect(throws: FileProblems.self) {
      try TraceImport.download(entry, cache: folder.path + "/c")
    }
    #expect(problem?.output == nil)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/c"))
  }

  @Test(arguments: ["../x", "/tmp/x", "..", ".", "", "a/b", "-x", ".x", "a\nb"])
  func `a name that leaves its folder is none`(name: String) throws {
    let folder = try TemporaryFolder()
    var entry = entry(port: 1, sha256: nil)
    entry.name = name
    #expect(throws: FileProblems.self) {
      try TraceImport.download(entry, cache: folder.path + "/c")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/c"))
    let path = try folder.file("m.json", entry.json.document)
    let problem = #expect(throws: FileProblems.self) { try ArchiveManifest.read(path: path) }
    #expect(problem?.description.contains("name: found") == true)
  }

  @Test func `files of one name lie beside each other`() throws {
    let folder = try TemporaryFolder()
    let server = try SmallServer(body)
    defer { server.stop() }
    var entry = entry(server, sha256: nil)
    entry.files.append(.init("http://127.0.0.1:\(server.port)/more/small.csv?x=1"))
    entry.files.append(.init("http://127.0.0.1:\(server.port)/more/SMALL.csv.part"))
    let paths = try TraceImport.download(entry, cache: folder.path)
    let names = paths.map { ($0 as NSString).lastPathComponent }
    #expect(names == ["small.csv", "2-small.csv", "3-SMALL.csv.part"])
    #expect(server.asked.count == 3)
  }

  @Test func `a server that is not there is told`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileProblems.self) {
      try TraceImport.download(entry(port: 1, sha256: nil), cache: folder.path)
    }
  }
}

@Test func `an entry is one object of a file, and says the same read back`() throws {
  let folder = try TemporaryFolder()
  for entry in PublicTraces.all where entry.obstacle == nil {
    let path = try folder.file("m.json", entry.json.document)
    #expect(try ArchiveManifest.read(path: path) == [entry])
  }
  #expect(Set(PublicTraces.all.map(\.name)).count == PublicTraces.all.count)
}

@Test func `all that is wrong in a manifest is told at once`() throws {
  let folder = try TemporaryFolder()
  let path = try folder.file(
    "m.json",
    """
    [{"name": "a", "publisher": "p", "format": "azur", "licens": "MIT",
      "files": [{"url": "file:///x"}, {"uri": "http://a/b"}, {"url": "http://a/b", "bytes": -1,
        "sha256": "ABC"}]},
     {"name": "b", "publisher": "p", "format": "azure", "files": [{"url": "http://a/b"}]},
     {"name": "b", "publisher": 3, "format": "azure", "files": []}]
    """)
  let problem = #expect(throws: FileProblems.self) { try ArchiveManifest.read(path: path) }
  let text = problem?.description ?? ""
  for part in [
    "licens: not known", "did you mean \"licence\"", "did you mean \"azure\"",
    "entry 0, file 0: url: found", "file 1: uri: not known", "file 1: url: a text is needed",
    "bytes: found \"-1\"", "sha256: found", "64 hexadecimal digits", "publisher: found \"3\"",
    "files: a list of objects", "is that of an entry before it",
  ] {
    #expect(text.contains(part), "\(part) in \(text)")
  }
}
