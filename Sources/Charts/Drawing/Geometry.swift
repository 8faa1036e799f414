/// A place on the paper: points from its upper left corner, y downwards.
package struct Point: Hashable, Sendable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle.
package struct Box: Hashable, Sendable {
  package var left: Double
  package var top: Double
  package var right: Double
  package var bottom: Double

  package init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  package var width: Double { right - left }
  package var height: Double { bottom - top }
}

/// Lines and curves, one after the other.
package struct Path: Hashable, Sendable {
  package enum Segment: Hashable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  package private(set) var segments: [Segment] = []

  package init() {}

  package mutating func move(to point: Point) { segments.append(.move(point)) }
  package mutating func line(to point: Point) { segments.append(.line(point)) }
  package mutating func curve(to point: Point, _ first: Point, _ second: Point) {
    segments.append(.curve(first, second, point))
  }
  package mutating func close() { segments.append(.close) }
}

extension Path {
  /// Lines through `points`; closed for an area.
  package init(through points: [Point], isClosed: Bool = false) {
    for (number, point) in points.enumerated() {
      segments.append(number == 0 ? .move(point) : .line(point))
    }
    if isClosed { close() }
  }

  package init(_ box: Box) {
    self.init(
      through: [
        Point(box.left, box.top), Point(box.right, box.top), Point(box.right, box.bottom),
        Point(box.left, box.bottom),
      ], isClosed: true)
  }

  /// A disc.
  package init(around center: Point, radius r: Double) {
    // What makes four cubic curves a circle, to a few ten-thousandths.
    let k = r * 0.5523
    let (x, y) = (center.x, center.y)
    move(to: Point(x + r, y))
    curve(to: Point(x, y + r), Point(x + r, y + k), Point(x + k, y + r))
    curve(to: Point(x - r, y), Point(x - k, y + r), Point(x - r, y + k))
    curve(to: Point(x, y - r), Point(x - r, y - k), Point(x - k, y - r))
    curve(to: Point(x + r, y), Point(x + k, y - r), Point(x + r, y - k))
    close()
  }

  package mutating func append(_ other: Path) { segments += other.segments }
}
