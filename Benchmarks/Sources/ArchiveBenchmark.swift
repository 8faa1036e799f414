import Scenarios
import SimKernel
import TextAndBytes
import TraceArchive

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What it takes to describe, check and replay a trace of 200,000 requests of agents, whose prompts
/// grow to thousands of blocks, written as runs.
enum ArchiveBenchmark {
  static let name = "archive"
  private static let rows = 200_000

  static func run(runs: Int, scale: Double) {
    let path = "\(P_tmpdir)/kavier-bench-\(getpid())"
    let rows = max(1, Int(Double(rows) * scale))
    guard write(AgentRows(count: rows), to: path) else {
      return print("\(name): cannot write \(path)")
    }
    defer {
      unlink("\(path)/trace.json")
      unlink("\(path)/requests.csv")
      rmdir(path)
    }
    print("archive, \(rows) rows: CPU s, rows/CPU s, peak memory beyond start")
    let options = TraceReadOptions()
    measure("stats", rows, runs) { _ = try TraceStatistics.read(path: path, options: options) }
    measure("validate", rows, runs) { _ = TraceValidation.run(path: path, options: options) }
    measure("replay", rows, runs) {
      _ = try TraceReplay().workload(of: RequestTrace.read(path: path, options: options))
    }
  }

  private static func measure(_ name: String, _ rows: Int, _ runs: Int, _ work: () throws -> Void) {
    var best = Double.infinity
    let before = Memory.resident() ?? 0
    Memory.forgetPeak()
    for _ in 0..<max(1, runs) {
      let start = cpuSeconds()
      do { try work() } catch { return print("\(name): \(error)") }
      best = min(best, cpuSeconds() - start)
    }
    let memory = (Memory.peak() ?? 0) - before
    print(
      "\(name): \(Double(Int(best * 1000)) / 1000), \(Int(Double(rows) / best)), \(memory >> 20) MiB"
    )
  }

  private static func write(_ rows: AgentRows, to path: String) -> Bool {
    let header = """
      {"hashing": {"kind": "prefix_chain", "block_size": 16, "partial_block": "excluded"}}
      """
    return mkdir(path, 0o700) == 0 && write(header, to: "\(path)/trace.json")
      && write(rows.csv, to: "\(path)/requests.csv")
  }

  private static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    let count = text.utf8.count
    let written = text.withCString { fwrite($0, 1, count, file) }
    return fclose(file) == 0 && written == count
  }
}

/// 400 agents at a time, whose prompts begin with the same 60 blocks and grow by up to 190 a turn.
private struct AgentRows {
  let count: Int

  private struct Agent {
    var session: Int
    var turn = 0
    var tokens = 0
  }

  var csv: String {
    var random = RandomStream(seed: 1, .tests)
    var csv = "request_id,arrival_us,input_tokens,output_tokens,session_id,turn,prefix_ids\n"
    var agents: [Agent] = (0..<400).map { Agent(session: $0) }
    var arrival = 0
    for row in 0..<count {
      arrival += random.integer(below: 20_000)
      let place = random.integer(below: agents.count)
      if agents[place].turn == 30 { agents[place] = Agent(session: row + agents.count) }
      agents[place].tokens += 960 * (agents[place].turn == 0 ? 1 : 0)
      agents[place].tokens += 100 + random.integer(below: 3000)
      let agent = agents[place]
      let own = agent.tokens / 16 - 60
      let output = 1 + random.integer(below: 800)
      csv += "\(row),\(arrival),\(agent.tokens),\(output),\(agent.session),\(agent.turn),"
      csv += "0+60;\((agent.session + 1) * 100_000)+\(own)\n"
      agents[place].turn += 1
      agents[place].tokens += output
    }
    return csv
  }
}
