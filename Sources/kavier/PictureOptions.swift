import ArgumentParser
import Charts
import Report

/// Where a command draws what it found, for those that do so beside their text.
struct PictureOptions: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("Also draw a page of pictures there.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var page: String?

  @Option(
    name: .customLong("pictures"),
    help: ArgumentHelp(
      "Also draw the pictures as SVG files there, for papers.", valueName: "directory"),
    completion: .directory)
  var directory: String?

  /// Before the work: what cannot be created must not cost it.
  func outputs() throws -> PictureOutputs {
    PictureOutputs(
      page: try page.map { try OutputPath($0) },
      directory: try directory.map { try OutputDirectory(path: $0) })
  }
}

struct PictureOutputs {
  let page: OutputPath?
  let directory: OutputDirectory?

  func write(
    title: String, note: String, _ draw: () -> [(name: String, chart: Chart)]
  ) throws {
    guard page != nil || directory != nil else { return }
    let pictures = draw()
    guard !pictures.isEmpty else {
      StandardStream.problem("there is nothing to draw: no picture was written")
      return
    }
    try page?.write(PicturePage.render(title: title, note: note, pictures))
    let style = PaperOptions.standard
    try directory?.write(
      pictures.map {
        OutputFile($0.name + ".svg", text: SVGWriter.file($0.chart.drawing(style)))
      })
  }
}
