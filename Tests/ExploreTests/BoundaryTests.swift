import Testing

@testable import Explore

/// The search for the last number that holds.
struct BoundaryTests {
  @Test(arguments: [1, 2, 3, 5], [-20, 0, 1, 7, 40, 99, 100, 200])
  func `the last one is found from anywhere, and nothing is asked twice`(atOnce: Int, last: Int) {
    for start in [-5, 0, 3, 50, 100, 500] {
      var asked: [Int] = []
      let found = Boundary.last(in: 0...100, from: start, step: 2, atOnce: atOnce) { numbers in
        asked += numbers
        return numbers.map { $0 <= last }
      }
      #expect(found == (last < 0 ? nil : min(last, 100)))
      #expect(Set(asked).count == asked.count)
      #expect(asked.allSatisfy { (0...100).contains($0) })
      #expect(asked.count <= 14 * atOnce)
    }
  }

  @Test func `where chance makes it hold above a miss, the lowest miss decides`() {
    let holds: Set = [0, 1, 2, 3, 5, 8]
    let found = Boundary.last(in: 0...10, from: 5, atOnce: 2) { $0.map(holds.contains) }
    let next = found.map { $0 + 1 }
    #expect(found.map(holds.contains) == true)
    #expect(next.map { !holds.contains($0) } == true)
  }
}
