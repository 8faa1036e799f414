/// Measures the engine: `kavier-bench [--runs N] [--scale F] [NAME ...]`.
///
/// Names pick benchmarks (`growth` picks all that begin so); `--scale 0.05` plays a twentieth of
/// the requests, for counting instructions under callgrind.
@main
struct Main {
  static func main() async throws {
    var options = Options()
    guard options.read(CommandLine.arguments.dropFirst()) else {
      print("usage: kavier-bench [--runs N] [--scale F] [NAME ...]")
      return
    }
    print(Measurement.header)
    for benchmark in Benchmark.all where options.picks(benchmark.name) {
      let requests = max(1, Int(Double(benchmark.requests) * options.scale))
      guard let plan = benchmark.plan(requests) else {
        print("\(benchmark.name): left out, \(benchmark.needs)")
        continue
      }
      print(Measurement(plan, runs: options.runs).line(benchmark.name))
    }
    if options.picks(ForkBenchmark.name) { ForkBenchmark.run(runs: options.runs) }
    if options.picks(OriginalBenchmark.name) { OriginalBenchmark.run(runs: options.runs) }
    if options.picks(ArchiveBenchmark.name) {
      ArchiveBenchmark.run(runs: options.runs, scale: options.scale)
    }
    if options.picks(StreamBenchmark.name) {
      print(try await StreamBenchmark.line(scale: options.scale))
    }
  }
}

private struct Options {
  var runs = 3
  var scale = 1.0
  var names: [String] = []

  /// False: not understood.
  mutating func read(_ arguments: ArraySlice<String>) -> Bool {
    var rest = arguments
    while let argument = rest.popFirst() {
      switch argument {
      case "--runs":
        guard let n = rest.popFirst().flatMap({ Int($0) }), n > 0 else { return false }
        runs = n
      case "--scale":
        guard let f = rest.popFirst().flatMap({ Double($0) }), f > 0 else { return false }
        scale = f
      default:
        guard !argument.hasPrefix("-") else { return false }
        names.append(argument)
      }
    }
    return true
  }

  func picks(_ name: String) -> Bool {
    names.isEmpty || names.contains { name.hasPrefix($0) }
  }
}
