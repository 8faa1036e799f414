import Foundation
import ServingTestSupport
import Testing

@testable import Accuracy

struct MeasurementsPageTests {
  @Test func `the page has every column`() throws {
    let page = try String(
      contentsOfFile: SharedData.repository + "/Docs/Checking.md",
      encoding: .utf8)
    for column in CaseColumns.required + CaseColumns.keys + CaseColumns.setUp + CaseColumns.other {
      #expect(page.contains("`\(column)`"), "\(column)")
    }
  }
}
