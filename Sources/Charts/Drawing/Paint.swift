/// What a mark is painted for; a palette says with which colour.
package enum Paint: Hashable, Sendable {
  case background
  case ink
  /// Axes and what explains them.
  case muted
  case grid
  /// The n-th thing compared.
  case series(Int)
  /// The area below it.
  case area(Int)
  /// 0 for the least ... `heatLevels` - 1 for the most.
  case heat(Int)

  package static let heatLevels = 9

  /// The name of its CSS variable.
  package var name: String {
    switch self {
    case .background: "surface"
    case .ink: "ink"
    case .muted: "muted"
    case .grid: "grid"
    case .series(let n): "s\(n % Palette.seriesCount)"
    case .area(let n): "a\(n % Palette.seriesCount)"
    case .heat(let level): "h\(level)"
    }
  }
}

/// Eight bits each of red, green and blue.
package struct Color: Hashable, Sendable {
  package var red: Int
  package var green: Int
  package var blue: Int

  /// `0xRRGGBB`.
  package init(_ rgb: Int) {
    red = rgb >> 16 & 255
    green = rgb >> 8 & 255
    blue = rgb & 255
  }

  init(red: Int, green: Int, blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A share of the way to `other`.
  func mixed(_ share: Double, _ other: Color) -> Color {
    func part(_ a: Int, _ b: Int) -> Int { a + Int((share * Double(b - a)).rounded()) }
    return Color(
      red: part(red, other.red), green: part(green, other.green), blue: part(blue, other.blue))
  }

  package var hex: String {
    let digits = String(red << 16 | green << 8 | blue, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Relative luminance as WCAG 2 defines it.
  package var luminance: Double {
    func linear(_ part: Int) -> Double {
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// 1 ... 21, as WCAG 2 defines it.
  package func contrast(to other: Color) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}

/// The colours of a theme. The series are Okabe and Ito's hues ("Color universal design", 2008),
/// which people who confuse colours can tell apart, made darker or lighter until each has a
/// contrast of 3 to 1 with the background.
package struct Palette: Sendable {
  package var background: Color
  package var ink: Color
  package var muted: Color
  package var grid: Color
  var series: [Color]
  /// What nothing and the most look like.
  var heat: (Color, Color, Color)

  package static let seriesCount = 6

  package static let light = Palette(
    background: Color(0xFFFFFF), ink: Color(0x1B1F24), muted: Color(0x57606A),
    grid: Color(0xE3E6EA),
    series: [0x0072B2, 0xC65300, 0x00805E, 0xA8447E, 0x8A6500, 0x444B54].map { Color($0) },
    heat: (Color(0xEEF3F9), Color(0x5BA3CF), Color(0x08264F)))

  package static let dark = Palette(
    background: Color(0x161B22), ink: Color(0xE6EDF3), muted: Color(0x9DA7B3),
    grid: Color(0x2D343D),
    series: [0x56B4E9, 0xF08A3C, 0x2EC29A, 0xE08DBD, 0xE8C43A, 0xB4BDC8].map { Color($0) },
    heat: (Color(0x1E2630), Color(0x2F7FB0), Color(0xF4F0B8)))

  package func color(of paint: Paint) -> Color {
    switch paint {
    case .background: background
    case .ink: ink
    case .muted: muted
    case .grid: grid
    case .series(let n): series[n % Self.seriesCount]
    case .area(let n): background.mixed(0.22, series[n % Self.seriesCount])
    case .heat(let level): heat(level)
    }
  }

  private func heat(_ level: Int) -> Color {
    let share = Double(level) / Double(Paint.heatLevels - 1)
    return share <= 0.5
      ? heat.0.mixed(share * 2, heat.1) : heat.1.mixed(share * 2 - 1, heat.2)
  }

  /// Every paint, for a style sheet.
  package static let paints: [Paint] =
    [.background, .ink, .muted, .grid] + (0..<seriesCount).flatMap { [.series($0), .area($0)] }
    + (0..<Paint.heatLevels).map { .heat($0) }
}
