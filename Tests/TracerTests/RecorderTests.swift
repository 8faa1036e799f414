import NIOCore
import SimKernel
import Synchronization
import Testing
import TraceArchive
import TracerTestSupport

@testable import Tracer
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct RecorderTests {
  @Test func `a recording has every request with its times`() async throws {
    let server = try await StubServer(tokens: 4, every: .milliseconds(10))
    let scratch = try Scratch()
    let path = scratch.path + "/r"
    let outcome = try await record(
      server.url, requests: 20, output: 4, to: path, concurrency: nil, rate: 50)
    await server.stop()
    #expect(outcome.progress.failed == 0)
    let rows = try rows(path)
    #expect(rows.count == 20)
    for row in rows {
      #expect(row[text: .status] == "ok")
      #expect(row.outputTokens == 4)
      #expect(row.inputTokens == 5)
      #expect(row.chunks.map(\.tokens) == [1, 1, 1, 1])
      #expect(row[.ttft] == row.chunks.first?.at)
      #expect(row[.endToEnd] == row.chunks.last?.at)
      #expect((row[.sent] ?? -1) >= 0)
    }
    // Three ticks of 10 ms, in most answers: a busy machine reads several tokens at once.
    let spans = rows.map { ($0[.endToEnd] ?? 0) - ($0[.ttft] ?? 0) }.sorted()
    #expect(spans[15] > 15_000)
    let validation = TraceValidation.run(path: path, options: TraceReadOptions())
    #expect(validation.findings.filter { $0.severity == .error }.isEmpty)
    let header = try TraceHeader.read(path: path + "/trace.json")
    #expect(header["collection", "is_complete"]?.flag == true)
    #expect(header["arrival_mode"]?.text == "open")
  }

  @Test func `latencies count from when a request was due, not from when it was sent`() async throws
  {
    // One thread that is kept busy cannot send in time.
    let server = try await StubServer(tokens: 1, every: .milliseconds(5))
    let scratch = try Scratch()
    let outcome = try await record(
      server.url, requests: 50, output: 1, to: scratch.path + "/r", concurrency: nil, rate: 500)
    await server.stop()
    for record in outcome.records {
      #expect((record.sent ?? 0) >= record.scheduled)
      #expect((record.firstToken ?? 0) > (record.sent ?? .max))
    }
    #expect(outcome.progress.lateness.count == 50)
  }

  @Test func `a stop keeps what was measured, and going on sends the rest`() async throws {
    let server = try await StubServer(tokens: 3, every: .milliseconds(20))
    let scratch = try Scratch()
    let path = scratch.path + "/r"
    let first = try await record(
      server.url, requests: 40, to: path, concurrency: 2, isStopped: { server.finished >= 10 })
    #expect(first.wasStopped)
    let before = try RecordingFile.read(path: path)
    #expect(before.rows.count > 0)
    #expect(before.rows.count < 40)
    #expect(before.rows.allSatisfy { $0[text: .status] == "ok" })
    let header = try TraceHeader.read(path: path + "/trace.json")
    #expect(header["collection", "is_complete"]?.flag == false)
    _ = try await record(server.url, requests: 40, to: path, concurrency: 2) {
      $0.before = before
    }
    await server.stop()
    let all = try rows(path)
    #expect(all.map(\.id).sorted() == Array(0..<40))
    #expect(all.allSatisfy { $0[text: .status] == "ok" })
    #expect(zip(all, all.dropFirst()).allSatisfy { ($0[.arrival] ?? 0) <= ($1[.arrival] ?? 0) })
    let after = try TraceHeader.read(path: path + "/trace.json")
    #expect(after["collection", "parts"]?.array?.count == 2)
    #expect(after["collection", "is_complete"]?.flag == true)
  }

  @Test func `rows are in the directory soon, and all of it can be read while it grows`()
    async throws
  {
    let server = try await StubServer(tokens: 4, every: .milliseconds(10))
    let scratch = try Scratch()
    let path = scratch.path + "/r"
    let seen = Mutex<RecordingFile?>(nil)
    _ = try await record(
      server.url, requests: 100_000, output: 4, to: path, concurrency: 2,
      { $0.checkpoint = .milliseconds(50) }
    ) {
      // As somebody else sees it, before any end.
      guard let file = try? RecordingFile.read(path: path), file.rows.count > 3 else {
        return false
      }
      seen.withLock { $0 = $0 ?? file }
      return true
    }
    await server.stop()
    let file = try #require(seen.withLock { $0 })
    #expect(file.rows.allSatisfy { $0[text: .status] == "ok" && $0.chunks.count == 4 })
    #expect(file.header["collection", "is_complete"]?.flag == false)
    // In the end it is a recording as any other.
    #expect(Folder.exists(path + "/requests.csv.gz") && !Folder.exists(path + "/requests.csv"))
    #expect(try rows(path).count >= file.rows.count)
  }

  @Test func `hits of a cache are the growth of the server's counters`() {
    func sample(_ name: String, _ engine: Int, _ value: Double) -> TraceSample {
      TraceSample(at: 0, source: "server", name: name, labels: "engine=\(engine)", value: value)
    }
    let samples = [
      sample("vllm:prefix_cache_queries_total", 0, 100),
      sample("vllm:prefix_cache_hits_total", 0, 7),
      sample("vllm:prefix_cache_queries_total", 1, 10),
      sample("vllm:prefix_cache_hits_total", 1, 0),
      sample("vllm:prefix_cache_queries_total", 0, 356),
      sample("vllm:prefix_cache_hits_total", 0, 69),
    ]
    let lookups = Recorder.cacheLookups(samples)
    #expect(lookups?.found == 62 && lookups?.asked == 256)
    #expect(Recorder.cacheLookups([]) == nil)
  }

  @Test func `a device's command is recorded beside the requests and ended with them`() async throws
  {
    let server = try await StubServer(tokens: 5, every: .milliseconds(500))
    let scratch = try Scratch()
    let path = scratch.path + "/r"
    _ = try await record(server.url, output: 5, to: path) {
      $0.sampleInterval = .milliseconds(50)
      $0.deviceCommand = "echo 'index, power.draw [W]'; echo '0, 42.5 W'; sleep 900"
    }
    await server.stop()
    let samples = try RecordingFile.read(path: path).samples
    #expect(samples.map(\.value) == [42.5])
    #expect(samples.first?.name == "power.draw [W]")
    #expect(samples.first?.labels == "index=0")
    #expect(samples.first?.source == "device")
  }

  @Test func `hundreds of streams at once, each whole`() async throws {
    let server = try await StubServer(tokens: 10, every: .milliseconds(20))
    let scratch = try Scratch()
    let outcome = try await record(
      server.url, requests: 600, output: 10, to: scratch.path + "/r", concurrency: 300)
    await server.stop()
    #expect(outcome.progress.failed == 0)
    #expect(outcome.records.allSatisfy { $0.chunks.count == 10 && $0.completionTokens == 10 })
  }
}
