import Testing

struct PageUpdateTests {
  @Test func `the part of an output that a page shows is found again by its labels`() {
    let output = "run 2\nTTFT  3\n\nITL  4\nTPOT  5\n"
    #expect(PageUpdate.part(of: output, like: "TTFT  1\nITL  2") == "TTFT  3\n\nITL  4")
    #expect(PageUpdate.part(of: output, like: "TPOT  1") == "TPOT  5")
    #expect(PageUpdate.part(of: output, like: "run 1\nTTFT  1") == "run 2\nTTFT  3")
    let wrapped = "Run  1\nStep  a\n      b\n      c\nEnd\n"
    #expect(PageUpdate.part(of: wrapped, like: "Step  a\n      d") == "Step  a\n      b\n      c")
    #expect(PageUpdate.part(of: output, like: "E2E  1") == nil)
  }
}
