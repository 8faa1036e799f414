package import TextAndBytes

/// What files were made of, so that a third party can tell whether it has the same.
package struct Manifest {
  /// A file or a text, and its SHA-256.
  package struct Entry: Hashable, Sendable {
    package var name: String
    package var sha256: String

    package init(_ name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  package var version: String
  package var seed: UInt64
  /// What else the files depend on.
  package var settings: [(key: String, value: JSON)]
  package var inputs: [Entry]
  package var files: [Entry]

  package init(
    version: String, seed: UInt64, settings: [(key: String, value: JSON)] = [],
    inputs: [Entry], files: [Entry]
  ) {
    self.version = version
    self.seed = seed
    self.settings = settings
    self.inputs = inputs
    self.files = files
  }

  package var json: String {
    JSON.object(
      of: [("kavier", .string(version)), ("seed", .whole(seed))] + settings
        + [("inputs", Self.list(inputs)), ("files", Self.list(files))]
    ).document
  }

  private static func list(_ entries: [Entry]) -> JSON {
    .array(
      entries.map { .object(of: [("name", .string($0.name)), ("sha256", .string($0.sha256))]) })
  }
}
