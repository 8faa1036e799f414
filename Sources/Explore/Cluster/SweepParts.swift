/// A sweep that is run in parts, each by a program of its own into a store of its own, and merged.
package struct SweepParts: Sendable {
  /// The absolute paths of the program, the sweep's file, its store, and the folder for everything else.
  package var program: String
  package var sweep: String
  package var store: String
  package var folder: String
  /// Where relative paths in overrides are sought from.
  package var workingDirectory: String
  /// `path=value`, as they were stated.
  package var overrides: [String]
  package var name: String
  package var count: Int
  /// Cores, and runs at once, of each part.
  package var jobs: Int

  package init(
    program: String, sweep: String, store: String, folder: String, workingDirectory: String,
    overrides: [String], name: String, count: Int, jobs: Int
  ) {
    self.program = program
    self.sweep = sweep
    self.store = store
    self.folder = folder
    self.workingDirectory = workingDirectory
    self.overrides = overrides
    self.name = name
    self.count = count
    self.jobs = jobs
  }

  /// Fewer runs are not worth a task that a cluster has to start.
  private static let fewestRuns = 200
  private static let mostByDefault = 64

  /// How many parts that many runs are made in unless it is said.
  package static func count(runs: Int) -> Int {
    min(mostByDefault, max(1, runs / fewestRuns))
  }

  /// What all its commands begin with.
  var command: [String] {
    [program, "sweep", sweep] + overrides.flatMap { ["--set", $0] }
  }

  /// For names of jobs.
  var label: String {
    let plain = name.unicodeScalars.prefix(40).map {
      $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "-"
    }
    return "kavier-" + String(plain)
  }
}

/// Words for other programs to read.
package enum Quoted {
  /// For a shell: as it is, or in single quotes.
  package static func shell(_ word: String) -> String {
    isPlain(word) ? word : "'" + word.split("'").joined(separator: "'\\''") + "'"
  }

  /// For a line that begins with `#SBATCH`: as it is, or in double quotes.
  static func sbatch(_ word: String) -> String {
    guard !isPlain(word) else { return word }
    return "\"" + word.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
  }

  /// For Python.
  static func python(_ word: String) -> String {
    let inside = word.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\n": "\\n"
      case "\r": "\\r"
      default: "\(scalar)"
      }
    }
    return "\"" + inside.joined() + "\""
  }

  private static func isPlain(_ word: String) -> Bool {
    !word.isEmpty
      && word.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "/._-=:+,@%".unicodeScalars.contains(scalar)
      }
  }
}

extension String {
  fileprivate func split(_ separator: Character) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
