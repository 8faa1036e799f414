import Foundation
import Parquet
import ReportTestSupport
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing
import TextAndBytes

@testable import Report

/// The page on a run's tables, against the tables.
struct RunTablesPageTests {
  private static let page = try? String(
    contentsOfFile: SharedData.repository + "/Docs/RunTables.md", encoding: .utf8)

  /// With everything that a table can have a column for.
  private static func run() -> FinishedRun {
    var run = RunTablesTests.run()
    let count = run.promptTokens.count
    for label in RequestLabel.allCases {
      run.traits[label] = RequestLabels(names: ["a"], ofRequest: Array(repeating: 0, count: count))
    }
    for number in RequestNumber.allCases {
      run.traits[number] = Array(repeating: 1, count: count)
    }
    return run
  }

  /// The names that the entries below a heading begin with.
  private func entries(below heading: String) throws -> [String] {
    let lines = try #require(Self.page).split(separator: "\n")
      .drop { $0 != "## \(heading)" }.dropFirst().prefix { !$0.hasPrefix("## ") }
    return lines.filter { $0.hasPrefix("- `") }.flatMap { line in
      line.prefix { $0 != ":" }.split(separator: "`").filter { $0 != "- " && $0 != ", " }
        .map(String.init)
    }
  }

  @Test func `the page has every column of every table, in order`() throws {
    let run = Self.run()
    for table in [
      RunTable.requests(run), .engines(run, kinds: [0]), .windows(run), .held(run), .lost(run),
      .handoffs(run), .loads(run),
    ] {
      #expect(try entries(below: table.name) == table.columns.map(\.field.name))
    }
  }

  @Test func `the page has every key of run.json`() throws {
    let files = try RecordedFiles(Self.run())
    let keys = try #require(files.document?.fields).map(\.key)
    #expect(try entries(below: RunTables.documentName) == keys)
  }
}
