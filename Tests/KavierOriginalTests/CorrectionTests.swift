import Foundation
import KavierOriginal
import ServingTestSupport
import Testing

struct CorrectionTests {
  @Test func `the page lists every correction`() throws {
    let page = try String(
      contentsOfFile: SharedData.repository + "/Docs/FromTheOriginal.md", encoding: .utf8)
    for correction in Correction.allCases {
      #expect(page.contains("| `\(correction.rawValue)` | \(correction.summary) |"))
    }
  }

  @Test func `what 0.5.3 corrected is corrected in it without being asked`() {
    for correction in Correction.made(in: .v0_5_3) {
      #expect(Behaviour(.v0_5_3).corrects(correction))
      #expect(!Behaviour(.v0_1_0).corrects(correction))
    }
    #expect(!Behaviour(.v0_5_3).corrects(.saving))
  }
}
