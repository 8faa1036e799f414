/// A reader, with what it is fed and what is done with what it reads.
struct Target: Sendable {
  var name: String
  /// Sets of files that it reads, each a folder's.
  var seeds: [Seed]
  /// The command that does the same, for people.
  var command: String
  /// How many inputs it gets for each one that another reader gets.
  var weight = 1
  /// Makes a set of files whole again, one of which was changed, where a sum would tell that at once.
  var repair: (@Sendable (inout Seed) -> Void)?
  /// Reads the folder and goes on as the program does. False, or an error: the input was refused.
  var run: @Sendable (_ folder: String) async throws -> Bool

  struct Seed: Sendable {
    /// Each with its name; the first one is what the command gets.
    var files: [(name: String, bytes: [UInt8])]

    init(_ files: [(String, [UInt8])]) { self.files = files.map { (name: $0.0, bytes: $0.1) } }

    init(_ name: String, _ bytes: [UInt8]) { self.init([(name, bytes)]) }

    init(_ name: String, _ text: String) { self.init([(name, Array(text.utf8))]) }
  }

  static let all =
    scenarioTargets + sweepTargets + profileTargets + traceTargets + runTargets + measurementTargets
    + originalTargets + networkTargets + endpointTargets
}

/// What a reader that takes what it must not take, or writes what does not add up, stops with.
func broken(_ law: String) -> Never { fatalError("broken law: \(law)") }
