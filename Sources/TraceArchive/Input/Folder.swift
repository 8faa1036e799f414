#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory's files.
enum Folder {
  /// The names in a directory, sorted; none where it cannot be read.
  static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// The paths of the JSON files of a directory, or the file itself.
  static func jsonFiles(_ path: String) -> [String] {
    guard ByteSource.isDirectory(path) else { return [path] }
    let ends = [".json", ".json.gz", ".jsonl", ".jsonl.gz"]
    return names(in: path).filter { name in ends.contains { name.hasSuffix($0) } }
      .map { "\(path)/\($0)" }
  }
}
