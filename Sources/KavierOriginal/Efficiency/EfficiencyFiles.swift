import Parquet

extension Efficiency.Sums {
  /// `tasks` is the original's `tasks.parquet`, `power` OpenDC's `powerSource.parquet` for it.
  package init(tasks: String, power: String) throws(OriginalProblems) {
    let counts = try Self.columns(tasks, ["total_tokens", "duration"])
    let power = try Self.columns(power, ["energy_usage", "carbon_emission"])
    self.init(
      tokens: try Self.whole(counts[0].sum, "total_tokens", tasks),
      duration: try Self.whole(counts[1].sum, "duration", tasks), joules: power[0].sum,
      carbon: power[1].sum)
    guard tokens > 0 else {
      throw OriginalProblems(["total_tokens: the tasks have no tokens; at least 1 is needed"])
    }
  }

  private static func whole(
    _ sum: Double, _ column: String, _ path: String
  ) throws(OriginalProblems) -> Int64 {
    // What doubles tell apart; NaN is no sum either.
    guard (0...0x1p53).contains(sum) else {
      throw OriginalProblems([
        "\(path): \(column): found a sum of \(sum); allowed are sums from 0 to 2^53"
      ])
    }
    return Int64(sum)
  }

  private static func columns(
    _ path: String, _ names: [String]
  ) throws(OriginalProblems) -> [NumberColumn] {
    do throws(ParquetProblem) {
      let reader = try ParquetReader(path: path, columns: names)
      var columns = names.map { name in
        NumberColumn(isFloat: reader.fields.first { $0.name == name }?.type == .float)
      }
      while let batch = try reader.next() {
        for index in names.indices { columns[index].append(batch[index].values) }
      }
      return columns
    } catch {
      throw OriginalProblems(["\(path): \(error)"])
    }
  }
}

/// A column's numbers, added as pandas adds those of its type.
private struct NumberColumn {
  var isFloat: Bool
  private var values: [Double] = []

  init(isFloat: Bool) { self.isFloat = isFloat }

  mutating func append(_ column: ParquetValues) {
    switch column {
    case .integers(let numbers): values += numbers.map { Double($0) }
    case .doubles(let numbers): values += numbers
    default: break
    }
  }

  var sum: Double {
    isFloat ? Double(PairwiseSum.of(values.map { Float($0) })) : PairwiseSum.of(values)
  }
}
