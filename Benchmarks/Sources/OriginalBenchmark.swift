import Capsule
import KavierOriginal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `kavier perf` from a trace's file to both Parquet files' bytes: 96,870 requests with the published
/// totals, at the four export rates of the original's scale experiment.
enum OriginalBenchmark {
  static let name = "original"

  static func run(runs: Int) {
    let path = "/tmp/kavier-bench-\(getpid()).csv"
    guard write(MarconiLike().csv, to: path) else { return print("\(name): cannot write \(path)") }
    defer { unlink(path) }
    print("original, export rate (s): CPU s, requests/CPU s, fragments, peak memory beyond start")
    for rate in [1, 0.1, 0.01, 0.001] {
      do { print(try line(path, rate: rate, runs: runs)) } catch { print("\(name): \(error)") }
    }
  }

  private static func line(_ path: String, rate: Double, runs: Int) throws -> String {
    var settings = try OriginalSettings(gpu: "A10", model: "Llama-3-8B", Behaviour())
    settings.exportRate = rate
    var best = Double.infinity
    var fragments = 0
    let before = Memory.resident() ?? 0
    Memory.forgetPeak()
    for _ in 0..<max(1, runs) {
      let start = cpuSeconds()
      fragments = try play(path, settings)
      best = min(best, cpuSeconds() - start)
    }
    let memory = (Memory.peak() ?? 0) - before
    let speed = Int(Double(MarconiTotals.requests) / best)
    return
      "\(rate): \(Double(Int(best * 1000)) / 1000), \(speed), \(fragments), \(memory >> 20) MiB"
  }

  private static func play(_ path: String, _ settings: OriginalSettings) throws -> Int {
    var run = OriginalRun(settings)
    var tasks = try TaskTable(settings, start: 0) { _ in }
    var fragments = try FragmentTable(settings) { _ in }
    try run.play(OriginalTrace(path: path, settings.behaviour), into: &tasks, &fragments)
    _ = run.summary()
    return fragments.rows
  }

  private static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    let count = text.utf8.count
    let written = text.withCString { fwrite($0, 1, count, file) }
    return fclose(file) == 0 && written == count
  }
}
