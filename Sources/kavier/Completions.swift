import ArgumentParser
import Scenarios
import ServingModel
import TextAndBytes
import TraceArchive

/// What shells offer for values that more than one command takes.
extension CompletionKind {
  static let scenario = file(extensions: ["yaml", "yml", "json"])

  /// `PATH=` of --set.
  static let assignment = assignment(under: "")
  /// The same where only a bill is made.
  static let impactAssignment = assignment(under: "impact")

  private static func assignment(under section: String) -> CompletionKind {
    custom { _, _, prefix in
      ScenarioReference().paths.filter { $0.hasPrefix(section) }.map { $0 + "=" }
        .filter { $0.hasPrefix(prefix) }
    }
  }

  /// `FIELD=` of --map.
  static let mappedColumn = list(TraceReadOptions.columnFields.map { $0 + "=" })

  static let calibration = nameOrFile(["none"] + CalibrationProfiles.all.map(\.name))
  static let traceProfile = nameOrFile(Profiles.all.map(\.name))

  /// A field of scenarios, or a directory.
  static let fieldOrRun = custom { _, _, prefix in
    ScenarioReference().paths.filter { $0.hasPrefix(prefix) }
      + paths(beginning: prefix).filter { $0.hasSuffix("/") }
  }

  /// One of `names`, or a file of the user's.
  private static func nameOrFile(_ names: [String]) -> CompletionKind {
    custom { _, _, prefix in names.filter { $0.hasPrefix(prefix) } + paths(beginning: prefix) }
  }

  /// Files, and directories with a slash, whose path begins with `prefix`.
  private static func paths(beginning prefix: String) -> [String] {
    let directory = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    return Folder.names(in: directory.isEmpty ? "." : directory).map { directory + $0 }
      .filter { $0.hasPrefix(prefix) }
      .map { Folder.isDirectory($0) ? $0 + "/" : $0 }
  }
}
