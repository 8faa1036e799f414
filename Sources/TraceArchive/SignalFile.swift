package import SimKernel
package import TextAndBytes

/// A CSV file of one quantity over time: a `timestamp` column with dates and times (UTC where they say
/// no zone), and a column with the value that holds from there to the next row. The last value holds
/// as long as the one before it.
package enum SignalFile {
  /// The series in milliseconds since 1970. Rows that do not go on in equal steps are a gap, and a
  /// gap is a problem: what the quantity was in it is not known. Values are 0 or within `range`, which
  /// is `bounds` for people.
  package static func read(
    path: String, column: String, range: ClosedRange<Double>, bounds: String
  ) throws(FileProblems) -> StepSeries {
    let table = try CSVTable.read(path: path, kind: "signal", required: ["timestamp", column])
    guard table.problems.count == 0 else { throw table.problems }
    guard let times = table.columns.firstIndex(of: "timestamp"),
      let values = table.columns.firstIndex(of: column)
    else { throw FileProblems(FileProblem(file: path, message: "no column \"\(column)\"")) }
    var problems = FileProblems()
    var points: [Point] = []
    for row in table.rows {
      do throws(FileProblem) {
        let point = try point(row, times: times, values: values, column: column, file: path)
        points.append(point)
        guard point.value == 0 || range.contains(point.value) else {
          throw FileProblem(
            file: path, line: row.line,
            message:
              "\(column): found \(excerpt(row.cells[values])); expected 0, or a number from \(bounds)"
          )
        }
      } catch {
        problems.add(error)
      }
    }
    checkSteps(points, file: path, &problems)
    guard problems.count == 0 else { throw problems }
    guard points.count > 1 else {
      throw FileProblems(
        FileProblem(
          file: path, message: "\(points.count) rows; at least two tell how long one holds"))
    }
    let step = points[1].time - points[0].time
    return StepSeries(
      starts: points.map(\.time), values: points.map(\.value),
      end: points[points.count - 1].time + step)
  }

  private struct Point {
    var time: Int64
    var value: Double
    var line: Int
  }

  private static func point(
    _ row: CSVTable.Row, times: Int, values: Int, column: String, file: String
  ) throws(FileProblem) -> Point {
    guard let time = Timestamp.milliseconds(row.cells[times]) else {
      throw FileProblem(
        file: file, line: row.line,
        message:
          "timestamp: found \(excerpt(row.cells[times])); times are written like 2022-01-15T18:00:00Z"
      )
    }
    guard let value = Double(row.cells[values]), value.isFinite, value >= 0 else {
      throw FileProblem(
        file: file, line: row.line,
        message: "\(column): found \(excerpt(row.cells[values])); expected a number from 0")
    }
    return Point(time: time, value: value, line: row.line)
  }

  private static func checkSteps(
    _ points: [Point], file: String, _ problems: inout FileProblems
  ) {
    guard points.count > 1 else { return }
    let step = zip(points, points.dropFirst()).map { $1.time - $0.time }.sorted()[
      points.count / 2 - 1]
    for (before, after) in zip(points, points.dropFirst()) where after.time - before.time != step {
      let found = Double(after.time - before.time) / 1000
      problems.add(
        FileProblem(
          file: file, line: after.line,
          message: found > Double(step) / 1000
            ? "a gap: \(found) s after the row above, where rows are \(Double(step) / 1000) s apart"
            : "out of step: \(found) s after the row above, where rows are \(Double(step) / 1000) s apart"
        ))
    }
  }
}
