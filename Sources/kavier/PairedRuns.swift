import ArgumentParser
import Report
import Scenarios
import ServingSim

/// The runs of scenarios that are compared: the same seeds for each.
struct PairedRuns {
  private(set) var sides: [PairedSide] = []
  /// What a reader has to know of them.
  private(set) var said: [String] = []

  private static let letters = ["A", "B", "C", "D", "E", "F"]

  /// Every scenario is read before any is run: a mistake in the last one must not cost the others.
  init(scenarios: [String], overrides: [String], seeds: Int) throws {
    let planned = try Self.planned(scenarios, overrides)
    let first = planned[0].seed
    guard first <= UInt64(Int.max - seeds) else {
      StandardStream.problem(
        "\(scenarios[0]): seed: found \(first); expected one that \(seeds - 1) others can follow")
      throw ExitCode(Failure.badInput)
    }
    let numbers = (0..<UInt64(seeds)).map { first + $0 }
    said.append(
      seeds == 1
        ? "One seed for all: \(first). Without several seeds there are no intervals."
        : "\(seeds) seeds, the same for all: \(first) to \(first + UInt64(seeds) - 1).")
    for (index, plan) in planned.enumerated() where plan.seed != first {
      said.append(
        "\(Self.letters[index]) states seed \(plan.seed); it is run with those of A.")
    }
    tell(planned.map(\.parts), planned.map(\.size))
    for (index, path) in scenarios.enumerated() {
      let runs = try numbers.map { try Self.run(path, overrides + ["seed=\($0)"]) }
      sides.append(
        PairedSide(letter: Self.letters[index], name: planned[index].name, place: path, runs: runs))
    }
  }

  /// What is known of a scenario before it is run.
  private struct Planned {
    var name: String
    var seed: UInt64
    var parts: WorkloadParts
    var size: String
  }

  /// Throws what is wrong with any of them.
  private static func planned(_ paths: [String], _ overrides: [String]) throws -> [Planned] {
    var issues: [ScenarioIssue] = []
    var planned: [Planned] = []
    for path in paths {
      do throws(ScenarioIssues) {
        let loaded = try ScenarioLoader.load(
          file: path, overrides: overrides, memoryLimit: Machine.memory)
        for line in loaded.said { StandardStream.problem(line) }
        let workload = loaded.plan.workload
        planned.append(
          Planned(
            name: loaded.plan.name, seed: loaded.plan.seed, parts: WorkloadParts(workload),
            size: size(workload)))
      } catch {
        // A wrong --set is wrong in each of them.
        issues += error.issues.filter { !issues.contains($0) }
      }
    }
    guard issues.isEmpty else { throw ScenarioIssues(issues) }
    return planned
  }

  private static func run(_ path: String, _ overrides: [String]) throws -> ReckonedRun {
    let loaded = try ScenarioLoader.load(
      file: path, overrides: overrides, memoryLimit: Machine.memory)
    let run = Interrupt.watched { Simulate.finished(loaded.plan) }
    guard !Interrupt.happened else {
      StandardStream.problem("stopped: nothing is compared")
      throw ExitCode(Interrupt.exitCode)
    }
    return ReckonedRun(run, bill: try loaded.impact.map { try BillCommand.bill(run, $0) })
  }

  /// One run each, with the seed that it had.
  init(directories: [String]) throws {
    var parts: [WorkloadParts] = []
    var sizes: [String] = []
    for (index, path) in directories.enumerated() {
      let run = try RunDirectory.read(path)
      let impact =
        RunDirectory.plan(path).isEmpty
        ? nil : try ScenarioLoader.impact(file: RunDirectory.planFile(path), overrides: [])
      let bill = try impact.map { try BillCommand.bill(run, $0) }
      parts.append(WorkloadParts(run))
      sizes.append("\(run.promptTokens.count) requests")
      sides.append(
        PairedSide(
          letter: Self.letters[index], name: run.name, place: path,
          runs: [ReckonedRun(run, bill: bill)]))
    }
    said.append("Finished runs, one each: there are no intervals over seeds.")
    for side in sides.dropFirst() where side.seeds != sides[0].seeds {
      said.append(
        "\(side.letter) had seed \(side.seeds[0]) and A had seed \(sides[0].seeds[0]): part of the "
          + "differences is chance.")
    }
    tell(parts, sizes)
  }

  /// Says what workloads differ in from the first one's.
  private mutating func tell(_ parts: [WorkloadParts], _ sizes: [String]) {
    for (index, other) in parts.enumerated().dropFirst() {
      let differences = other.differences(from: parts[0])
      guard !differences.isEmpty else { continue }
      said.append(
        "The workloads of A and \(Self.letters[index]) differ, in \(differences.joined(separator: ", ")) "
          + "(\(sizes[0]) and \(sizes[index])): differences are also those of the workloads.")
    }
  }

  private static func size(_ workload: Workload) -> String {
    func sum(_ tokens: [Int32]) -> Int { tokens.reduce(0) { $0 + Int($1) } }
    return "\(workload.count) requests of \(sum(workload.promptTokens)) prompt and "
      + "\(sum(workload.outputTokens)) output tokens"
  }
}
