import ArgumentParser
import Charts
import Report
import TextAndBytes

/// `kavier plot`.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a figure of recorded runs for a paper: SVG, PDF or PNG.",
    discussion: """
      kavier plot results --figure ttft-cdf -o ttft.pdf
      kavier plot four eight --figure tpot-over-time -o tpot.svg --width 17.5

      Figures: \(Figure.all.map(\.name).joined(separator: ", ")).

      Letters are drawn as lines, so that the file needs no font. The same run gives the same \
      bytes, but for PNG, which rsvg-convert (librsvg2-bin) makes of the SVG.
      """)

  @OptionGroup var input: RecordedRuns

  @Option(
    help: ArgumentHelp("Which figure.", valueName: "name"),
    completion: .list(Figure.all.map(\.name)))
  var figure: String

  @Option(
    name: [.customLong("out"), .customShort("o")],
    help: ArgumentHelp("Where it goes: a name that ends in .svg, .pdf or .png.", valueName: "file"),
    completion: .file(extensions: ["svg", "pdf", "png"]))
  var output: String

  @OptionGroup var paper: PaperOptions

  func validate() throws {
    guard Figure.named(figure) != nil else {
      let names = Figure.all.map(\.name)
      let hint = Spelling.hint(for: figure, of: names)
      throw ValidationError(
        "--figure \(figure): no such figure"
          + (hint.isEmpty ? "; expected one of \(Spelling.list(names))" : hint))
    }
    _ = try PictureFile.Format(path: output)
  }

  func run() throws {
    try Failure.explained {
      let file = try PictureFile(output)
      guard let figure = Figure.named(figure),
        let chart = figure.chart(try input.digests(withBills: figure.section == .bill))
      else { throw NothingToDraw(figure: self.figure) }
      try file.write(chart.drawing(paper.style))
    }
  }
}

/// The size of a picture on paper.
struct PaperOptions: ParsableArguments {
  @Option(help: ArgumentHelp("In centimetres.", valueName: "cm"))
  var width = 8.5

  @Option(help: ArgumentHelp("In centimetres.", valueName: "cm"))
  var height = 5.5

  @Option(name: .customLong("letters"), help: ArgumentHelp("Their size.", valueName: "points"))
  var letters = 8.0

  @Flag(help: "Put the title above the figure.")
  var title = false

  func validate() throws {
    for (name, value) in [("width", width), ("height", height)] {
      guard (3...100).contains(value) else {
        throw ValidationError("--\(name) \(value): expected 3 to 100 centimetres")
      }
    }
    guard (4...40).contains(letters) else {
      throw ValidationError("--letters \(letters): expected 4 to 40 points")
    }
  }

  /// A column of a paper.
  static let standard = style(width: 8.5, height: 5.5, letters: 8, title: false)

  var style: ChartStyle {
    Self.style(width: width, height: height, letters: letters, title: title)
  }

  private static func style(
    width: Double, height: Double, letters: Double, title: Bool
  ) -> ChartStyle {
    ChartStyle(
      width: width * SVGWriter.pointsPerCentimetre, height: height * SVGWriter.pointsPerCentimetre,
      letters: letters, showsTitle: title)
  }
}

/// The runs have nothing that the figure would show.
struct NothingToDraw: UserError {
  var figure: String

  var description: String {
    "the runs have nothing to show in \(figure); `kavier report` has the figures that they have"
  }
}
