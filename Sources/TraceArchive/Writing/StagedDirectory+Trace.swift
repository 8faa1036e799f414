import TextAndBytes

extension StagedDirectory {
  /// A trace that stands at `path` already is replaced where `replaces` allows it; anything else
  /// there is refused.
  convenience init(ofTrace path: String, replaces: Bool) throws(FileProblem) {
    try Self.check(Self.name(path), replaces: replaces)
    try self.init(path: path)
  }

  private static func check(_ path: String, replaces: Bool) throws(FileProblem) {
    guard Folder.exists(path) else { return }
    let names = Folder.names(in: path)
    guard Folder.isDirectory(path), names.isEmpty || names.contains("trace.json") else {
      throw FileProblem(
        file: path, message: "is there and is no trace; choose another place", output: .create)
    }
    guard names.isEmpty || replaces else {
      throw FileProblem(
        file: path, message: "holds a trace; --replace replaces it", output: .create)
    }
  }
}
