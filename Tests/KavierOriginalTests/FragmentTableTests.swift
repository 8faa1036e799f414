import KavierOriginal
import Parquet
import Testing

/// Fragments held against a loop that takes the snapshots one by one.
struct FragmentTableTests {
  private static let trace = """
    session_id,ts,num_input_tokens,num_output_tokens
    0,0.5,100,0
    0,1.25,64,3
    1,2,5000,12
    1,9,0,0
    2,9,0,250
    """

  private struct Row: Equatable {
    var id: String
    var milliseconds: Int64
    var use: Double
  }

  /// The original's loop over one request after the other.
  private func loop(_ settings: OriginalSettings) throws -> [Row] {
    let file = try TextFile(Self.trace)
    let sumsUp = settings.behaviour.corrects(.fragments)
    let capacity = 9216.0 * 1695
    var rows: [Row] = []
    var run = OriginalRun(settings)
    try OriginalTrace(path: file.path, settings.behaviour).read { row in
      let served = run.serve(row)
      let length = sumsUp ? (settings.exportRate * 1000).rounded(.toNearestOrEven) : 0
      let whole = max(1, (served.total * 1000).rounded(.toNearestOrEven))
      let count = max(1, sumsUp ? Int(whole / length) : Int(served.total / settings.exportRate))
      var time = 0.0
      for number in 0..<count {
        let isMiddle = time >= 0.2 && time < served.total - 0.2
        let isLast = sumsUp && number == count - 1
        rows.append(
          Row(
            id: String(served.index),
            milliseconds: isLast
              ? Int64(max(1, whole - Double(number) * length)) : Int64(settings.exportRate * 1000),
            use: (isMiddle ? 0.95 : 0.5) * capacity))
        time += sumsUp ? length / 1000 : settings.exportRate
      }
    }
    return rows
  }

  private func rows(_ settings: OriginalSettings) throws -> [Row] {
    let file = try TextFile(Self.trace)
    let written = try Written(settings, trace: file.path)
    let columns = try table(written.fragments)
    guard case .integers(let lengths) = columns["duration"]?.values,
      case .doubles(let uses) = columns["gpu_usage"]?.values, let ids = columns["id"]?.values
    else { return [] }
    return lengths.indices.map { row in
      let id =
        switch ids {
        case .texts(let texts): texts[row]
        case .integers(let numbers): String(numbers[row])
        default: ""
        }
      return Row(id: id, milliseconds: lengths[row], use: uses[row])
    }
  }

  @Test(arguments: [0.1, 0.5, 1, 0.03, 0.001], Release.allCases)
  func `fragments are those of the loop`(rate: Double, release: Release) throws {
    var settings = try settings(release)
    settings.exportRate = rate
    let rows = try rows(settings)
    #expect(try rows == loop(settings))
    #expect(rows.contains { $0.use > 0.9 * 9216 * 1695 })
  }

  @Test func `corrected fragments last as long as the tasks`() throws {
    let file = try TextFile(Self.trace)
    let corrected = try settings(correcting: [.durations, .fragments])
    let written = try Written(corrected, trace: file.path)
    guard case .integers(let tasks) = try table(written.tasks)["duration"]?.values,
      case .integers(let fragments) = try table(written.fragments)["duration"]?.values
    else { return #expect(Bool(false)) }
    #expect(tasks == [68, 186, 2692, 25, 11136])
    #expect(fragments.reduce(0, +) == tasks.reduce(0, +))
  }

  @Test func `0.1.0 cuts durations to whole seconds`() throws {
    let file = try TextFile(Self.trace)
    let written = try Written(try settings(), trace: file.path, start: 77)
    let columns = try table(written.tasks)
    #expect(columns["duration"]?.values == .integers([0, 0, 2, 0, 11]))
    #expect(columns["submission_time"]?.values == .integers([77, 77, 77, 77, 77]))
  }

  @Test func `corrected arrivals are those of the trace`() throws {
    let file = try TextFile(Self.trace)
    let written = try Written(try settings(correcting: [.arrivals]), trace: file.path, start: 77)
    let origin: Int64 = 1_767_225_600_000
    #expect(
      try table(written.tasks)["submission_time"]?.values
        == .integers([500, 1250, 2000, 9000, 9000].map { origin + $0 }))
  }

  @Test func `fragments that no disk holds are refused`() throws {
    let trace = try TextFile("num_input_tokens,num_output_tokens\n7,2147483647\n")
    var settings = try settings()
    settings.hasKVCache = false
    let problems = #expect(throws: OriginalProblems.self) {
      try Written(settings, trace: trace.path)
    }
    #expect(problems?.description.contains("makes more than 100000000000") == true)
  }
}
