import ArgumentParser
import Charts

/// A file that a drawing goes to; the ending of its name says in which format.
struct PictureFile {
  enum Format: String, CaseIterable {
    case svg
    case pdf
    case png

    init(path: String) throws {
      let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
      guard path.contains("."), let format = Format(rawValue: ending) else {
        throw ValidationError("\(path): expected a name that ends in .svg, .pdf or .png")
      }
      self = format
    }
  }

  private let format: Format
  private let path: OutputPath

  /// Makes the folder of `path` where it is missing.
  init(_ path: String) throws {
    format = try Format(path: path)
    self.path = try OutputPath(path)
  }

  func write(_ drawing: Drawing) throws {
    switch format {
    case .svg: try path.write(SVGWriter.file(drawing))
    case .pdf: try path.write(PDFWriter.file(drawing))
    case .png: try path.write(bytes: try Rasterizer.png(SVGWriter.file(drawing)))
    }
  }
}
