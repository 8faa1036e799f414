package import TextAndBytes

/// What some files of measurements hold: the cases, and the rows in the order of the files.
package struct MeasuredCases: Sendable {
  /// Columns that rows are grouped by: the known ones, then those that nobody else reads.
  package private(set) var keyColumns = CaseColumns.keys
  package private(set) var cases: [MeasuredCase] = []
  package private(set) var rows: [MeasuredRow] = []
  package private(set) var problems = FileProblems()
  /// Some path leads to nothing.
  package private(set) var isMissingFile = false

  package init() {}

  /// Columns that the format does not know.
  package var extraColumns: [String] { Array(keyColumns.dropFirst(CaseColumns.keys.count)) }

  mutating func add(_ problem: FileProblem) { problems.add(problem) }

  mutating func add(_ others: FileProblems) { problems.add(others) }

  mutating func addMissing(_ path: String) {
    isMissingFile = true
    add(FileProblem(file: path, message: "cannot be read: no such file or directory"))
  }

  mutating func addKeyColumns(_ names: [String]) {
    for name in names where !keyColumns.contains(name) { keyColumns.append(name) }
  }

  mutating func add(_ measured: MeasuredCase) -> Int {
    cases.append(measured)
    return cases.count - 1
  }

  mutating func add(_ row: MeasuredRow) { rows.append(row) }

  /// The same with those rows alone that measure power, and what else is known of their cases.
  var withPower: MeasuredCases {
    let measured = Set(
      rows.compactMap { row in
        (try? Metric(named: row.metric))?.isOfPower == true ? row.caseIndex : nil
      })
    var cases = self
    cases.rows = rows.filter { row in row.caseIndex.map(measured.contains) ?? false }
    return cases
  }
}

/// One measured figure.
package struct MeasuredRow: Sendable {
  package var caseID: String
  /// Its index among the cases; nil when the row is wrong.
  package var caseIndex: Int?
  package var metric: String
  /// nil when the row is wrong.
  package var value: Double?
  /// By key column; columns of other files are absent.
  package var keys: [String: String]
  /// What is wrong with the row.
  package var problem: String?

  package init(
    caseID: String, caseIndex: Int?, metric: String, value: Double?, keys: [String: String],
    problem: String? = nil
  ) {
    self.caseID = caseID
    self.caseIndex = caseIndex
    self.metric = metric
    self.value = value
    self.keys = keys
    self.problem = problem
  }
}

/// The columns of case files by what they are for.
package enum CaseColumns {
  package static let required = [
    "case_id", "family", "gpu", "n_gpu", "model", "precision", "engine", "metric", "value",
  ]
  /// Predictions repeat these.
  package static let keys = [
    "family", "gpu", "n_gpu", "model", "precision", "engine", "engine_version", "tp", "pp", "dp",
    "ep", "load", "concurrency", "rate_rps", "isl_mean", "osl_mean", "tier", "source",
  ]
  /// Equal in all rows of a case.
  static let setUp = [
    "family", "gpu", "n_gpu", "model", "hf_model", "precision", "precision_known", "engine",
    "engine_version", "tp", "pp", "dp", "moe_tp", "ep", "load", "concurrency", "avg_batch",
    "rate_rps", "isl", "osl", "isl_mean", "osl_mean", "prefix_cached", "max_num_batched_tokens",
    "max_num_seqs", "num_gpu_blocks", "workload", "n_rep",
  ]
  /// Those of them that are numbers, and those that are true or false.
  static let numbers: Set<String> = [
    "n_gpu", "tp", "pp", "dp", "moe_tp", "ep", "concurrency", "avg_batch", "rate_rps", "isl", "osl",
    "isl_mean", "osl_mean", "max_num_batched_tokens", "max_num_seqs", "num_gpu_blocks", "n_rep",
  ]
  static let flags: Set<String> = ["precision_known", "prefix_cached"]
  /// Known, and neither of the above.
  static let other = ["case_id", "metric", "value", "unit", "rep_cv", "exp_id"]

  static func isKnown(_ name: String) -> Bool {
    keys.contains(name) || setUp.contains(name) || other.contains(name)
  }
}
