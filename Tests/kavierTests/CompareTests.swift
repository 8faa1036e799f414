import Foundation
import ServingTestSupport
import Testing

/// `kavier compare` from the command line.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct CompareTests {
  private static let eight = "\(SharedData.repository)/Examples/24-objectives.yaml"
  private static let four = "\(SharedData.repository)/Examples/25-compare.yaml"
  private static let few = ["--set", "workload.synthetic.requests=200"]

  private static func json(_ arguments: [String]) throws -> [String: Any] {
    let result = try Program.run(["compare"] + arguments + ["--json"])
    #expect(result.code == 0, "\(result.problems)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
  }

  private static func figures(_ report: [String: Any]) throws -> [String: [String: Any]] {
    let comparisons = try #require(report["comparisons"] as? [[String: Any]])
    return try #require(comparisons.first?["figures"] as? [String: [String: Any]])
  }

  @Test func `a scenario against itself differs in nothing`() throws {
    let report = try Self.json([Self.eight, Self.eight, "--seeds", "3"] + Self.few)
    let figures = try Self.figures(report)
    #expect(figures.count > 30)
    for (name, figure) in figures {
      let difference = try #require(figure["difference"] as? [String: Any])
      for end in ["mean", "low", "high"] { #expect(difference[end] as? Double == 0, "\(name)") }
    }
    let remarks = try #require(report["remarks"] as? [String])
    #expect(remarks == ["3 seeds, the same for all: 1 to 3."])
  }

  @Test func `seeds are common, and each run is the one that simulate makes`() throws {
    let settings = Self.few + ["--set", "seed=7"]
    let report = try Self.json([Self.eight, Self.four, "--seeds", "2"] + settings)
    let sides = try #require(report["scenarios"] as? [[String: Any]])
    #expect(sides.map { $0["seeds"] as? [Int] } == [[7, 8], [7, 8]])
    let figures = try Self.figures(report)
    for (index, path) in [Self.eight, Self.four].enumerated() {
      for (place, seed) in [7, 8].enumerated() {
        let run = try Program.run(
          ["simulate", path, "--format", "json", "--set", "seed=\(seed)"] + Self.few)
        let single = try #require(
          try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
        let hashes = try #require(sides[index]["hashes"] as? [String])
        #expect(hashes[place] == single["hash"] as? String)
        let latency = try #require(single["latency"] as? [String: [String: Any]])
        let values = try #require(figures["ttft_p95_s"]?[index == 0 ? "values_a" : "values_b"])
        #expect((values as? [Double])?[place] == latency["ttft"]?["p95"] as? Double)
      }
    }
    let p95 = try #require(figures["ttft_p95_s"])
    let a = try #require(p95["values_a"] as? [Double])
    let b = try #require(p95["values_b"] as? [Double])
    let mean = try #require((p95["difference"] as? [String: Any])?["mean"] as? Double)
    #expect(abs(mean - (b[0] - a[0] + b[1] - a[1]) / 2) < 1e-12)
  }

  @Test func `another seed in the second scenario is told, and not used`() throws {
    let scratch = try Scratch()
    let text = try String(contentsOfFile: Self.four, encoding: .utf8)
    let file = try scratch.file("other.yaml", text + "\nseed: 99\n")
    let report = try Self.json([Self.eight, file, "--seeds", "1"] + Self.few)
    let remarks = try #require(report["remarks"] as? [String])
    #expect(remarks.contains("B states seed 99; it is run with those of A."))
    #expect(remarks.contains("One seed for all: 1. Without several seeds there are no intervals."))
  }

  @Test func `workloads that differ are compared, and it is said`() throws {
    let scratch = try Scratch()
    let text = try String(contentsOfFile: Self.eight, encoding: .utf8)
    let file = try scratch.file(
      "slow.yaml", text.replacingOccurrences(of: "rate: 30 /s", with: "rate: 20 /s"))
    let result = try Program.run(["compare", Self.eight, file, "--seeds", "2"] + Self.few)
    #expect(result.code == 0 && result.out.contains("The workloads of A and B differ, in arrivals"))
    #expect(result.out.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(result.out)")
    let same = try Program.run(["compare", Self.eight, Self.four, "--seeds", "2"] + Self.few)
    #expect(!same.out.contains("differ, in"))
  }

  @Test func `finished runs are compared as they are`() throws {
    let scratch = try Scratch()
    for (name, path) in [("eight", Self.eight), ("four", Self.four)] {
      let run = try Program.run(["simulate", path, "--out", "\(scratch.path)/\(name)"] + Self.few)
      #expect(run.code == 0)
    }
    let folders = ["\(scratch.path)/eight", "\(scratch.path)/four"]
    let runs = try Self.figures(try Self.json(folders))
    let scenarios = try Self.figures(
      try Self.json([Self.eight, Self.four, "--seeds", "1"] + Self.few))
    #expect(runs.keys.sorted() == scenarios.keys.sorted())
    for (name, figure) in runs {
      #expect(figure["values_a"] as? [Double] == scenarios[name]?["values_a"] as? [Double])
      #expect(figure["values_b"] as? [Double] == scenarios[name]?["values_b"] as? [Double])
    }
    let mixed = try Program.run(["compare", folders[0], Self.four])
    #expect(mixed.code == 64 && mixed.problems.contains("expected one kind"))
    let seeds = try Program.run(["compare"] + folders + ["--seeds", "2"])
    #expect(seeds.code == 64)
  }

  @Test func `mistakes in any of the files are told before any run`() throws {
    let scratch = try Scratch()
    let bad = try scratch.file("a.yaml", "seed: x\nfleet: {model: llama-3.1-8b}\n")
    let worse = try scratch.file("b.yaml", "seed: y\n")
    let result = try Program.run(["compare", bad, worse])
    #expect(result.code == 65 && result.out.isEmpty)
    #expect(result.problems.contains("a.yaml:1: seed: found \"x\""))
    #expect(result.problems.contains("b.yaml:1: seed: found \"y\""))
    for arguments in [[Self.eight], [Self.eight, Self.four, "--seeds", "0"]] {
      #expect(try Program.run(["compare"] + arguments).code == 64)
    }
    #expect(try Program.run(["compare", Self.eight, "nowhere.yaml"]).code == 66)
  }
}
