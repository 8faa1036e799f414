import SimKernel
import Testing

@testable import ServingModel

@Suite(.timeLimit(.minutes(30))) struct MeasuredSurfaceTests {
  /// Durations in microseconds.
  static func surface(_ points: [(size: Int, context: Int, duration: Int)]) -> MeasuredSurface {
    MeasuredSurface(
      points.map {
        .init(size: $0.size, context: $0.context, duration: .microsecond * $0.duration)
      })
  }

  /// Rows that reach differently far, one of them with a single point.
  static let points: [(size: Int, context: Int, duration: Int)] = [
    (1, 16, 8001), (1, 100, 8003), (1, 7900, 20_017), (4, 64, 9005),
    (4, 4000, 12_500), (9, 900, 13_001), (32, 100, 19_333), (32, 9000, 30_000),
  ]
  static let rough = surface(points)

  @Test func `durations are exact at the measured points`() {
    for point in Self.points {
      let picoseconds = Self.rough.picoseconds(size: point.size, context: Double(point.context))
      #expect(picoseconds == Double(point.duration) * 1e6)
    }
  }

  @Test func `halfway between two contexts lies the mean`() {
    #expect(Self.rough.picoseconds(size: 1, context: 58) == 8002e6)
  }

  @Test func `two sizes are joined at equal shares of their contexts`() {
    let surface = Self.surface([(1, 0, 100), (1, 10, 200), (3, 0, 400), (3, 90, 600)])
    #expect(surface.contexts(size: 2) == 0...50)
    // A fifth of both ranges.
    #expect(surface.picoseconds(size: 2, context: 10) == (120 + 440) / 2 * 1e6)
  }

  @Test func `longer contexts never take less time when no measurement says so`() {
    for size in 1...40 {
      var last = 0.0
      for context in stride(from: 0, through: 12_000, by: 37) {
        let now = Self.rough.picoseconds(size: size, context: Double(context))
        #expect(now >= last, "\(size) \(context)")
        last = now
      }
    }
  }

  @Test func `more sequences of equal contexts never take less time, either`() {
    let grid = Self.surface(
      [1, 3, 8].flatMap { n in
        [10, 50, 700].map { (n, n * $0, 1000 + 17 * n * n + n * $0 / 3) }
      })
    for each in [10, 11, 50, 333, 699, 700] {
      let durations = (1...8).map { grid.picoseconds(size: $0, context: Double($0 * each)) }
      #expect(durations == durations.sorted(), "\(each)")
    }
  }

  @Test func `between the points lies nothing beyond those around`() {
    for context in stride(from: 900.0, through: 9000, by: 100) {
      let duration = Self.rough.picoseconds(size: 20, context: context)
      #expect((13_001e6...30_000e6).contains(duration))
    }
  }

  @Test func `what is smaller than all that was measured costs as much as the smallest`() {
    #expect(Self.rough.picoseconds(size: 1, context: 0) == 8001e6)
    #expect(Self.rough.picoseconds(size: 0, context: 3) == 8001e6)
    #expect(Self.rough.picoseconds(size: 32, context: 32) == 19_333e6)
  }

  @Test func `what is larger goes on along the last line`() {
    let surface = Self.surface([(1, 0, 100), (1, 10, 200), (3, 0, 400), (3, 30, 700)])
    #expect(surface.picoseconds(size: 1, context: 25) == 350e6)
    // 100 + 150 (n - 1) without context, and 10 for each token of it.
    #expect(surface.picoseconds(size: 5, context: 7) == 770e6)
    #expect(Self.surface([(2, 5, 100)]).picoseconds(size: 9, context: 99) == 100e6)
  }

  @Test func `it covers what lies between measurements, their places included`() {
    for point in Self.points {
      #expect(Self.rough.covers(size: point.size, context: Double(point.context)))
    }
    #expect(Self.rough.covers(size: 20, context: 1000))
    #expect(!Self.rough.covers(size: 1, context: 15))
    #expect(!Self.rough.covers(size: 1, context: 7901))
    #expect(!Self.rough.covers(size: 33, context: 1000))
    #expect(!Self.rough.covers(size: 0, context: 100))
  }

  @Test func `without contexts the size alone counts`() {
    let surface = Self.surface([(1, 0, 100), (5, 0, 300)])
    #expect(!surface.hasContexts)
    #expect(surface.covers(size: 3, context: 1e6))
    #expect(surface.picoseconds(size: 3, context: 1e6) == 200e6)
    #expect(surface.line(size: 3).map { [$0.base, $0.slope] } == [200_000_000, 0])
  }

  @Test func `a bent row, a broken slope and a row that begins late are no lines`() {
    #expect(Self.rough.line(size: 1) == nil)
    #expect(Self.surface([(1, 0, 1), (1, 3, 2)]).line(size: 1) == nil)
    #expect(Self.surface([(1, 5, 10), (1, 9, 20)]).line(size: 1) == nil)
    #expect(Self.surface([(1, 0, 20), (1, 10, 10)]).line(size: 1) == nil)
    let rising = Self.surface([(2, 2, 20), (2, 6, 24), (2, 10, 28)])
    #expect(rising.line(size: 2).map { [$0.base, $0.slope] } == [18_000_000, 1_000_000])
    #expect(rising.line(size: 3) == nil)
  }
}
