import ServingSim
import SimKernel
import TextAndBytes

/// A CSV file of failures: a row for each, with the fields of `failures` as columns and times in seconds
/// from the run's start.
struct FailureTrace {
  private enum Column: String, CaseIterable {
    case at = "at_s"
    case repair = "repair_s"
    case end = "end_s"
    case kind
    case group
    case replica
    case zone
    case notice = "notice_s"
    case factor
    case detection = "detection_s"
  }

  /// What is wrong with a row.
  private struct Mistake: Error {
    var message: String

    init(_ column: Column, _ message: String) {
      self.message = "\(column.rawValue): \(message)"
    }
  }

  private let columns: [Column]
  private let places: FleetPlaces

  /// The failures of the file at `path`, in the order of its rows.
  static func read(
    path: String, _ places: FleetPlaces
  ) throws(FileProblems) -> [FailureRule] {
    let table = try CSVTable.read(
      path: path, kind: "failure trace", required: [Column.at.rawValue])
    var problems = table.problems
    let columns = table.columns.map { Column(rawValue: $0) }
    for (name, column) in zip(table.columns, columns) where column == nil {
      problems.add(
        FileProblem(
          file: path, line: 1,
          message: "column \(excerpt(name)): unknown; known here: "
            + Column.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    guard problems.isEmpty else { throw problems }
    let trace = FailureTrace(columns: columns.compactMap { $0 }, places: places)
    var rules: [FailureRule] = []
    for row in table.rows {
      do throws(Mistake) {
        rules.append(try trace.rule(row.cells))
      } catch {
        problems.add(FileProblem(file: path, line: row.line, message: error.message))
      }
    }
    guard problems.isEmpty else { throw problems }
    return rules
  }

  private func rule(_ cells: [String]) throws(Mistake) -> FailureRule {
    let at = try required(.at, cells, 0...SimTime.last.seconds)
    let kind = try kind(cells)
    let replica = try replica(cells)
    let target: FailureRule.Target
    do throws(FleetPlaces.Refusal) {
      target = try places.target(
        group: text(.group, cells), replica: replica, zone: text(.zone, cells))
    } catch {
      throw Mistake(Column(rawValue: error.field) ?? .group, error.message)
    }
    let repair = try repair(cells, after: at)
    if case .partition = kind, repair == .never {
      throw Mistake(.repair, "missing; a partition has repair_s or end_s")
    }
    return FailureRule(.at(SimTime(seconds: at)), target, Failure(kind, repair: repair))
  }

  private func kind(_ cells: [String]) throws(Mistake) -> Failure.Kind {
    let word = text(.kind, cells) ?? FailureSection.Kind.crash.rawValue
    guard let kind = FailureSection.Kind(rawValue: word) else {
      let words = FailureSection.Kind.allCases.map(\.rawValue)
      throw Mistake(.kind, "found \(excerpt(word)); expected one of \(Spelling.list(words))")
    }
    for (column, only) in [
      (Column.notice, FailureSection.Kind.reclaim), (.factor, .slow), (.detection, .partition),
    ] where kind != only && text(column, cells) != nil {
      throw Mistake(column, "goes with kind \(only.rawValue), not with \(kind.rawValue)")
    }
    switch kind {
    case .crash: return .crash
    case .reclaim:
      return .reclaim(notice: SimDuration(seconds: try required(.notice, cells, Self.durations)))
    case .slow: return .slow(factor: try required(.factor, cells, 1...1000))
    case .partition:
      let detection = try seconds(.detection, cells, Self.durations) ?? 0
      return .partition(detection: SimDuration(seconds: detection))
    }
  }

  private func repair(_ cells: [String], after start: Double) throws(Mistake) -> Failure.Repair {
    if let repair = try seconds(.repair, cells, Self.durations) {
      guard text(.end, cells) == nil else {
        throw Mistake(.end, "goes with no repair_s; state one of them")
      }
      return .after(SimDuration(seconds: repair))
    }
    guard let end = try seconds(.end, cells, 0...SimTime.last.seconds) else { return .never }
    guard end > start, Self.durations.contains(end - start) else {
      throw Mistake(.end, "found \(end); expected a time after at_s, \(start), by 53 d at most")
    }
    return .after(SimDuration(seconds: end - start))
  }
}

extension FailureTrace {
  private static let durations = 0...SimDuration.longest.seconds

  /// nil: the row has none.
  private func text(_ column: Column, _ cells: [String]) -> String? {
    columns.firstIndex(of: column).flatMap { cells[$0].isEmpty ? nil : cells[$0] }
  }

  private func seconds(
    _ column: Column, _ cells: [String], _ range: ClosedRange<Double>
  ) throws(Mistake) -> Double? {
    guard let text = text(column, cells) else { return nil }
    guard let number = Fields.number(text), range.contains(number) else {
      throw Mistake(
        column,
        "found \(excerpt(text)); expected a number from \(Int(range.lowerBound)) to "
          + "\(Int(range.upperBound))")
    }
    return number
  }

  private func required(
    _ column: Column, _ cells: [String], _ range: ClosedRange<Double>
  ) throws(Mistake) -> Double {
    guard let number = try seconds(column, cells, range) else {
      throw Mistake(
        column,
        "missing; expected a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    }
    return number
  }

  private func replica(_ cells: [String]) throws(Mistake) -> Int? {
    guard let text = text(.replica, cells) else { return nil }
    guard let number = Int(text), (0...100_000).contains(number) else {
      throw Mistake(
        .replica, "found \(excerpt(text)); expected a whole number from 0 to 100000")
    }
    return number
  }
}
