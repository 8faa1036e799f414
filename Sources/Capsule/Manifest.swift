import Report
import TraceArchive

/// What a report was made of, so that a third party can tell whether it has the same.
package struct Manifest {
  package var version: String
  package var experiments: [String]
  package var simulatedRequests: Int
  package var trace: MarconiLike
  /// The files written, by name.
  package var files: [(name: String, text: String)]

  package init(
    version: String, experiments: [String], simulatedRequests: Int, trace: MarconiLike,
    files: [(name: String, text: String)]
  ) {
    self.version = version
    self.experiments = experiments
    self.simulatedRequests = simulatedRequests
    self.trace = trace
    self.files = files
  }

  package var json: String {
    JSONValue.object([
      ("kavier", .string(version)), ("seed", .count(0)),
      ("experiments", .array(experiments.map { .string($0) })),
      ("simulated_requests", .count(simulatedRequests)),
      (
        "inputs",
        .array([
          .object([
            ("name", .string("trace drawn to the published totals")),
            ("requests", .count(trace.count)), ("sha256", .string(SHA256.sum(of: trace.csv))),
          ])
        ])
      ),
      (
        "files",
        .array(
          files.map {
            .object([("name", .string($0.name)), ("sha256", .string(SHA256.sum(of: $0.text)))])
          })
      ),
    ]).text
  }
}
