import Report
import ServingModel
import Testing
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct CatalogReportTests {
  @Test func `both tables have a row an entry and keep within 80 columns`() {
    for (text, count) in [
      (CatalogTable.text(Accelerators.all), Accelerators.all.count),
      (CatalogTable.text(Models.all), Models.all.count),
    ] {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == count + 4)  // header, blank, legend, after the last newline
      #expect(lines.allSatisfy { $0.count <= 80 })
      #expect(!text.contains("…"))
    }
  }

  @Test func `a row shows the datasheet`() throws {
    let h100 = try #require(Accelerators.named("h100-sxm"))
    let row = CatalogTable.text([h100]).split(separator: "\n")[1].split(separator: " ")
    #expect(row == ["h100-sxm", "80", "3350", "989", "1979", "-", "450", "8", "700"])
  }

  @Test func `an accelerator is explained with units and source`() throws {
    let text = CatalogEntry(try #require(Accelerators.named("tpu-v5e"))).text
    #expect(text.contains("819 GB/s"))
    #expect(text.contains("brendanjameslynskey"))
    // Unknown is not zero.
    #expect(
      text.split(separator: "\n").contains {
        $0.hasPrefix("thermal design power") && $0.contains("not published")
      })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `a model is explained with its parts, weights and KV bytes`() throws {
    let text = CatalogEntry(try #require(Models.named("gpt-oss-20b"))).text
    #expect(text.contains("bf16 with fp4 experts"))
    #expect(text.contains("24576 B/token"))
    #expect(text.contains("- routed experts"))
  }

  @Test func `JSON gives each field a value, a unit and a source`() throws {
    let json = CatalogEntry(try #require(Accelerators.named("h100-sxm"))).json.document
    #expect(json.contains("\"id\": \"h100-sxm\""))
    #expect(
      json.contains(
        """
          "memory": {
            "value": 80.0,
            "unit": "GiB",
        """))
  }
}
