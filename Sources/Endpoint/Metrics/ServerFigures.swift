#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What an endpoint's program tells of itself: its responses and, under the names of Prometheus'
/// clients, its process. Times are real ones.
struct ServerFigures {
  var responses: [(kind: HTTPCounts.Kind, figures: HTTPCounts.Figures)]
  /// Seconds since 1970.
  var startedAt: Int

  func write(to page: inout PrometheusText) {
    func labels(_ kind: HTTPCounts.Kind) -> String {
      "handler=\"\(kind.handler)\",method=\"\(PrometheusText.escape(kind.method))\""
    }
    page.family("http_requests_total", .counter, "Responses by path and status.")
    for (kind, figures) in responses {
      for (status, count) in figures.statuses.sorted(by: { $0.key < $1.key }) {
        page.sample(
          "http_requests_total", labels: "\(labels(kind)),status=\"\(status)xx\"", Double(count))
      }
    }
    let name = "http_request_duration_seconds"
    page.family(name, .histogram, "From a request's head to the end of its response.")
    for (kind, figures) in responses {
      figures.durations.write(to: &page, name, labels: labels(kind))
    }
    writeProcess(to: &page)
  }

  private func writeProcess(to page: inout PrometheusText) {
    figure("process_start_time_seconds", .gauge, "Since 1970.", Double(startedAt), &page)
    figure("process_cpu_seconds_total", .counter, "User and system.", Self.cpuSeconds, &page)
    if let bytes = Self.residentBytes {
      figure("process_resident_memory_bytes", .gauge, "Bytes.", bytes, &page)
    }
    if let files = Self.openFiles {
      figure("process_open_fds", .gauge, "Open files and connections.", Double(files), &page)
    }
    figure("process_max_fds", .gauge, "How many there may be.", Self.mostFiles, &page)
  }

  private func figure(
    _ name: String, _ kind: PrometheusText.Kind, _ help: String, _ value: Double,
    _ page: inout PrometheusText
  ) {
    page.family(name, kind, help)
    page.sample(name, value)
  }

  private static var cpuSeconds: Double {
    var usage = rusage()
    // 0 is RUSAGE_SELF, which is not of one type everywhere.
    getrusage(0, &usage)
    let times = [usage.ru_utime, usage.ru_stime]
    return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6 }
  }

  /// nil: the system does not tell.
  private static var residentBytes: Double? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 128)
    guard fgets(&text, Int32(text.count), file) != nil else { return nil }
    let words = text.prefix { $0 != 0 }.split(separator: CChar(UInt8(ascii: " ")))
    guard words.count > 1 else { return nil }
    let pages = String(decoding: words[1].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return Double(pages).map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) }
  }

  private static var openFiles: Int? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // The folder itself, and what stands for it and the one above.
    return max(0, count - 3)
  }

  private static var mostFiles: Double {
    var limit = rlimit()
    #if canImport(Glibc)
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    #else
      getrlimit(RLIMIT_NOFILE, &limit)
    #endif
    return Double(limit.rlim_cur)
  }
}
