import Testing

@testable import ServingSim

@Suite(.timeLimit(.minutes(30))) struct LiveRequestTests {
  @Test func `a request's place in a table is a shift away`() {
    #expect(MemoryLayout<LiveRequest>.stride == 128)
  }
}
