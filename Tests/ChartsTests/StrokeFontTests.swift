import Testing

@testable import Charts

struct StrokeFontTests {
  @Test func `every letter of a keyboard can be drawn`() {
    let missing = (33..<127).map { Character(Unicode.Scalar(UInt8($0))) }
      .filter { !"@^`{}".contains($0) && StrokeFont.glyphs[$0] == nil }
    #expect(missing.isEmpty)
  }

  @Test func `strokes stay within their letter's width and lines`() {
    for (character, glyph) in StrokeFont.glyphs {
      let label = Label(String(character), at: Point(0, 0), size: 100, anchor: .start, paint: .ink)
      for segment in StrokeFont.path(of: label).segments {
        let points: [Point] =
          switch segment {
          case .move(let p), .line(let p): [p]
          case .curve(let a, let b, let p): [a, b, p]
          case .close: []
          }
        for point in points {
          #expect(point.x >= 0 && point.x <= glyph.advance, "\(character)")
          #expect(point.y >= -80 && point.y <= 22, "\(character)")
        }
      }
    }
  }

  @Test func `a label begins, centres or ends at its place`() {
    let width = StrokeFont.width(of: "ttft", size: 10)
    func firstX(_ anchor: Label.Anchor) -> Double? {
      let label = Label("ttft", at: Point(50, 0), size: 10, anchor: anchor, paint: .ink)
      guard case .move(let point) = StrokeFont.path(of: label).segments.first else { return nil }
      return point.x
    }
    func isNear(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-9 } == true }
    let start = firstX(.start) ?? 0
    #expect(isNear(firstX(.end), start - width))
    #expect(isNear(firstX(.middle), start - width / 2))
  }
}
