import Testing

@testable import Charts

struct ColorTests {
  @Test func `black on white has the contrast of WCAG's own example`() {
    #expect(abs(Color(0).contrast(to: Color(0xFFFFFF)) - 21) < 1e-9)
    #expect(abs(Color(0x777777).contrast(to: Color(0xFFFFFF)) - 4.478) < 1e-3)
  }

  @Test(arguments: [Palette.light, .dark])
  func `words can be read and lines can be seen`(palette: Palette) {
    let background = palette.color(of: .background)
    for paint in [Paint.ink, .muted] {
      #expect(palette.color(of: paint).contrast(to: background) >= 4.5, "\(paint)")
    }
    for n in 0..<Palette.seriesCount {
      #expect(palette.color(of: .series(n)).contrast(to: background) >= 3, "\(n)")
    }
  }

  @Test(arguments: [Palette.light, .dark])
  func `a heat map's levels go one way`(palette: Palette) {
    let luminances = (0..<Paint.heatLevels).map { palette.color(of: .heat($0)).luminance }
    let isRising = luminances[0] < luminances[1]
    for (a, b) in zip(luminances, luminances.dropFirst()) { #expect((a < b) == isRising) }
  }
}
