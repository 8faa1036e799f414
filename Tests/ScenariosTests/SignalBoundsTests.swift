import Foundation
import Testing

@testable import Scenarios

/// What a file says over time has the bounds of the field that it stands for.
@Suite(.timeLimit(.minutes(30))) struct SignalBoundsTests {
  private func problems(_ column: String, _ value: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: "s.csv").path
    try "timestamp,\(column)\n2026-06-21T00:00:00Z,0\n2026-06-21T01:00:00Z,\(value)\n"
      .write(toFile: path, atomically: false, encoding: .utf8)
    let field = column == "price" ? "tariff" : "grid"
    let impact = "impact={start: '2026-06-21T00:00:00Z', \(field): {trace: '\(path)'}}"
    do {
      _ = try ScenarioLoader.load(file: nil, overrides: [impact])
      return []
    } catch {
      return error.issues.map { $0.description.replacingOccurrences(of: path, with: "s.csv") }
    }
  }

  @Test(arguments: ["1e300", "1e-300", "1e12", "100001"])
  func `a carbon intensity beyond all grids is refused`(value: String) throws {
    let found = try problems("carbon_intensity", value)
    #expect(
      found == [
        """
        s.csv:3: carbon_intensity: found "\(value)"; expected 0, or a number from 0.000001 g/kWh to \
        100 kg/kWh
        """
      ])
  }

  @Test(arguments: ["1e300", "1e-300"])
  func `a price beyond all money is refused`(value: String) throws {
    let found = try problems("price", value)
    #expect(
      found == [
        "s.csv:3: price: found \"\(value)\"; expected 0, or a number from 0.000000001 to 1e12"
      ])
  }

  @Test(arguments: ["nan", "inf", "-1", "1e999", ""])
  func `what is no figure is refused`(value: String) throws {
    for column in ["price", "carbon_intensity"] {
      let found = try problems(column, value)
      #expect(found.count == 1 && found[0].contains("expected a number from 0"), "\(found)")
    }
  }

  @Test func `what grids have is taken`() throws {
    #expect(try problems("carbon_intensity", "1200") == [] && problems("price", "0.31") == [])
  }
}
