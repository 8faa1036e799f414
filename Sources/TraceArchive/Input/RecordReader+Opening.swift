import Parquet
import TextAndBytes

extension ByteSource {
  /// The rows of a Parquet file as lines of `syntax`, or the bytes of any other file.
  static func open(path: String, rowsAs syntax: RecordReader.Syntax) throws(FileProblem)
    -> ByteSource
  {
    guard !Folder.isDirectory(path), ParquetReader.isParquet(path: path) else {
      return try open(path: path)
    }
    return ByteSource(path: path, rows: try ParquetRows(path: path, as: syntax))
  }
}

extension RecordReader {
  /// Opens a file of requests, a Parquet file among them, and finds where in JSON its records stand.
  static func open(
    path: String, syntax: Syntax, kind: String, required: [String], optional: [String] = []
  ) throws(FileProblems) -> RecordReader {
    let source: ByteSource
    let layout: JSONLayout
    do throws(FileProblem) {
      layout = syntax == .jsonLines ? try JSONLayout(path: path) : .lines
      source = try ByteSource.open(path: path, rowsAs: syntax)
    } catch {
      throw FileProblems(error)
    }
    return try open(
      source, syntax: syntax, layout: layout, kind: kind, required: required, optional: optional)
  }
}

extension LineReader {
  /// `syntax` is that of the lines that a Parquet file's rows become.
  static func open(
    path: String, rowsAs syntax: RecordReader.Syntax, layout: JSONLayout = .lines,
    bufferSize: Int = 1 << 18
  ) throws(FileProblem) -> LineReader {
    try open(ByteSource.open(path: path, rowsAs: syntax), layout: layout, bufferSize: bufferSize)
  }
}
