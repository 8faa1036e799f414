import Foundation
import ServingTestSupport
import Testing

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct PicturesTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    for (name, replicas) in [("one", 1), ("two", 2)] {
      let result = try run([
        "simulate", "--set", "workload.synthetic.requests=300", "--set",
        "fleet.replicas=\(replicas)", "--out", name, "--report", "\(name).html",
      ])
      try #require(result.code == 0, "\(result.problems)")
    }
  }

  private func run(_ arguments: [String]) throws -> Program.Result {
    try Program.run(arguments, in: scratch.path)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: scratch.path + "/" + name, encoding: .utf8)
  }

  @Test func `a report of a recorded run is that of the run itself`() throws {
    #expect(try run(["report", "one", "-o", "again.html"]).code == 0)
    #expect(try text("again.html") == text("one.html"))
  }

  @Test func `runs of one name side by side go by their directories`() throws {
    #expect(try run(["report", "one", "two/"]).code == 0)
    let page = try text("report.html")
    #expect(page.contains("<h1>one · two</h1>"))
    #expect(page.contains("<th scope=\"row\">fleet.replicas</th>\n<td>1</td>\n<td>2</td>"))
  }

  @Test func `a page of a run with a bill says what it costs, as report.json does`() throws {
    let example = SharedData.repository + "/Examples/13-three-grids.yaml"
    let result = try run([
      "simulate", example, "--set", "workload.synthetic.requests=200", "--out", "billed",
      "--report", "billed.html",
    ])
    #expect(result.code == 0, "\(result.problems)")
    let page = try text("billed.html")
    for name in ["power", "carbon", "energy-parts", "carbon-parts", "cost-phases"] {
      #expect(page.contains("<figure id=\"fig-\(name)\">"), "\(name)")
    }
    let json = try JSONSerialization.jsonObject(with: Data(text("billed/report.json").utf8))
    let impact = (json as? [String: Any])?["impact"] as? [String: Any]
    let total = try #require(impact?["total"] as? [String: Any])
    let cost = try #require(total["cost_low"] as? Double)
    let digits = String(String(cost).prefix(4))
    #expect(page.contains("<dd class=\"figure\">\(digits)"), "\(cost)")
    #expect(try run(["report", "billed", "-o", "again.html"]).code == 0)
    #expect(try text("again.html") == page)
  }

  @Test func `a figure goes to SVG and PDF with the same bytes each time`() throws {
    for name in ["a.svg", "b.svg", "a.pdf", "b.pdf"] {
      let result = try run(["plot", "two", "--figure", "ttft-cdf", "-o", name, "--width", "17.5"])
      #expect(result.code == 0, "\(result.problems)")
    }
    #expect(try text("a.svg") == text("b.svg") && text("a.pdf") == text("b.pdf"))
    #expect(try text("a.svg").contains("width=\"17.5cm\" height=\"5.5cm\""))
    #expect(try text("a.pdf").hasPrefix("%PDF-1.4"))
  }

  @Test func `PNG comes from rsvg-convert, or the message says what to install`() throws {
    let result = try run(["plot", "one", "--figure", "batch", "-o", "batch.png"])
    let png = FileManager.default.contents(atPath: scratch.path + "/batch.png")
    if result.code == 0 {
      #expect(png?.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    } else {
      #expect(result.code == 69 && png == nil)
      #expect(result.problems.contains("apt-get install librsvg2-bin"))
    }
  }

  @Test func `what cannot be drawn is told, and nothing is written`() throws {
    let missing = try run(["report", "none", "-o", "none.html"])
    #expect(missing.code == 66 && missing.problems.contains("none: cannot be opened"))
    let unknown = try run(["plot", "one", "--figure", "latency", "-o", "x.svg"])
    #expect(unknown.code == 64 && unknown.problems.contains("ttft-cdf"))
    let format = try run(["plot", "one", "--figure", "batch", "-o", "x.gif"])
    #expect(format.code == 64 && format.problems.contains(".svg, .pdf or .png"))
    let nothing = try run(["plot", "one", "--figure", "replicas-busy", "-o", "x.svg"])
    #expect(nothing.code == 65 && nothing.problems.contains("nothing to show"))
    let many = try run(["report"] + [String](repeating: "one", count: 7))
    #expect(many.code == 64 && many.problems.contains("at most 6"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/x.svg"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/none.html"))
  }

  @Test func `a timeline goes through the steps of the recorded run`() throws {
    #expect(try run(["timeline", "two", "-o", "two.json"]).code == 0)
    let json = try JSONSerialization.jsonObject(with: Data(text("two.json").utf8))
    let events = try #require((json as? [String: Any])?["traceEvents"] as? [[String: Any]])
    let processes = Set(events.compactMap { $0["pid"] as? Int })
    #expect(processes == [1, 2])
    let diagram = try run(["timeline", "two", "--diagram", "--replica", "1", "--steps", "9"])
    #expect(diagram.out.hasPrefix("Replica 1 fleet: 9 steps"))
  }

  @Test func `a timeline of another plan than the recorded is refused`() throws {
    let plan = try text("one/plan.yaml").replacingOccurrences(
      of: "tensor_parallel_size: 4", with: "tensor_parallel_size: 8")
    try plan.write(toFile: scratch.path + "/one/plan.yaml", atomically: true, encoding: .utf8)
    let result = try run(["timeline", "one", "-o", "one.json"])
    #expect(result.code == 65 && result.problems.contains("simulate again"))
  }

  @Test func `a trace and measured cases have pictures, too`() throws {
    let examples = SharedData.repository + "/Examples"
    let stats = try run([
      "trace", "stats", examples + "/traces/qwen.jsonl", "--report", "trace.html", "--pictures",
      "trace",
    ])
    #expect(stats.code == 0, "\(stats.problems)")
    #expect(try text("trace.html").contains("<figure id=\"fig-input-lengths\">"))
    #expect(try text("trace/input-lengths.svg").contains("cm"))
    let validation = try run([
      "validate", examples + "/measured-cases/cases.csv", "--report", "cases.html",
    ])
    #expect(validation.code == 0, "\(validation.problems)")
    #expect(try text("cases.html").contains("predicted against measured"))
  }
}
