package import NIOCore
package import TraceArchive

/// Collects what server and devices tell beside the requests. Lives on its event loop.
package final class SeriesRecorder: @unchecked Sendable {
  // Unchecked: what changes is touched on `loop` alone.
  private let loop: any EventLoop
  private let clock: RunClock
  private var samples: [TraceSample] = []
  private var dropped = 0
  private var stops: [() -> Void] = []
  private var pages: [Page] = []

  /// A page of metrics that is asked for again and again.
  private struct Page: Sendable {
    var fetcher: Fetcher
    var path: String
    var source: String
    var isWanted: @Sendable (Substring) -> Bool
  }

  package init(loop: any EventLoop, clock: RunClock) {
    self.loop = loop
    self.clock = clock
  }

  /// All values until now but for the first ones.
  package func collected(from first: Int = 0) async throws -> [TraceSample] {
    try await loop.submit { Array(self.samples.dropFirst(first)) }.get()
  }

  /// Asks for a page of Prometheus' text format every `interval`.
  package func scrape(
    _ fetcher: Fetcher, path: String = "/metrics", source: String, every interval: TimeAmount,
    isWanted: @escaping @Sendable (Substring) -> Bool
  ) {
    let page = Page(fetcher: fetcher, path: path, source: source, isWanted: isWanted)
    loop.execute {
      self.pages.append(page)
      let task = self.loop.scheduleRepeatedTask(initialDelay: .zero, delay: interval) { _ in
        let now = self.clock.now
        fetcher.get(path, within: interval) { self.take($0, of: page, at: now) }
      }
      self.stops.append { task.cancel() }
    }
  }

  private func take(_ answer: Fetcher.Answer?, of page: Page, at time: Int64) {
    guard let answer, answer.status == 200 else { return }
    let found = PrometheusText.samples(answer.body, isWanted: page.isWanted)
    for sample in found where sample.value.isFinite {
      // The model is that of the recording.
      let labels = sample.labels.filter { $0.key != "model_name" }
      add(
        TraceSample(
          at: time / 1000, source: page.source, name: sample.name,
          labels: labels.map { "\($0.key)=\($0.value)" }.joined(separator: ";"),
          value: sample.value))
    }
  }

  /// Values that are kept: a command may print without end.
  private static let most = 5_000_000

  /// Values beyond them.
  package func leftOut() async throws -> Int {
    try await loop.submit { self.dropped }.get()
  }

  func add(_ sample: TraceSample) {
    if samples.count < Self.most { samples.append(sample) } else { dropped += 1 }
  }

  /// Adds the values of a line of a device's table.
  func add(_ values: [(name: String, value: Double)], labels: String) {
    let now = clock.now / 1000
    for (name, value) in values {
      add(TraceSample(at: now, source: "device", name: name, labels: labels, value: value))
    }
  }

  func onStop(_ stop: @escaping () -> Void) { stops.append(stop) }

  /// Asks a last time, so that counters cover the whole load, and then no more.
  package func stop() async {
    let pages = try? await loop.submit {
      for stop in self.stops { stop() }
      self.stops = []
      return self.pages
    }.get()
    for page in pages ?? [] {
      let now = clock.now
      let answer = await page.fetcher.get(page.path)
      try? await loop.submit { self.take(answer, of: page, at: now) }.get()
    }
  }

  /// Server metrics that are worth their room: those of an engine, without histograms' buckets and
  /// times of creation.
  package static func isWanted(_ name: Substring, of engine: ServerEngine) -> Bool {
    guard let prefix = engine.metricPrefix, name.hasPrefix(prefix) else { return false }
    return !name.hasSuffix("_bucket") && !name.hasSuffix("_created") && !name.hasSuffix("_info")
  }
}
