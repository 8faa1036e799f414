import Capsule
import Foundation
import Testing

/// The published figures, held to ours.
struct CapsuleTests {
  private static let capsule = Capsule(simulatedRequests: 500)

  /// The differences in per cent in a table's rows.
  private func differences(_ table: Table) -> [Double] {
    guard let column = table.header.firstIndex(of: "difference") else { return [] }
    return table.rows.compactMap { Double($0[column].split(separator: " ")[0]) }
  }

  @Test func `lone prefills and answers are those published to the millisecond`() throws {
    for experiment in [Experiment.prefillAccuracy, .decodeAccuracy] {
      let section = try Self.capsule.section(experiment)
      #expect(differences(section.tables[0]).count == 9)
      #expect(differences(section.tables[0]).allSatisfy { $0 == 0 })
      #expect(differences(section.tables[1]).allSatisfy { abs($0) < 0.15 })
    }
  }

  @Test func `the simulated hours are the 502 published ones`() throws {
    let tables = try Self.capsule.section(.scale).tables
    #expect(differences(tables[0]) == [0, 0, 0])
    // A thousandth of a second is 1.8 * 10^9 fragments.
    #expect(tables[1].rows[3][1].hasPrefix("1,807,"))
  }

  @Test func `the hours with and without a KV cache are those published`() throws {
    let hours = try Self.capsule.section(.kvCaching).tables[0]
    #expect(hours.rows.count == 12)
    #expect(differences(hours).allSatisfy { abs($0) < 0.02 })
  }

  @Test func `hits that are fitted are near those published`() throws {
    let hits = try Self.capsule.section(.prefixCaching).tables[0]
    for row in hits.rows where row[0].hasPrefix("1024") {
      let difference = try #require(Double(row[3].split(separator: " ")[0]))
      #expect(abs(difference) < 6, "\(row)")
    }
  }

  @Test func `the efficiency figures are those published`() throws {
    for table in try Self.capsule.section(.efficiency).tables {
      #expect(differences(table).allSatisfy { abs($0) < 0.05 }, "\(table.rows)")
    }
  }

  @Test func `a report is one file with every section`() throws {
    let sections = [
      try Self.capsule.section(.decodeAccuracy), try Self.capsule.section(.efficiency),
    ]
    let html = Rendering.html(sections)
    #expect(html.contains("<h2>efficiency Efficiency</h2>"))
    #expect(html.components(separatedBy: "<svg ").count == 2)
    #expect(!html.contains("src=") && !html.contains("href="))
    #expect(Rendering.markdown(sections).contains("| reality, price | 144.0000 |"))
  }
}
