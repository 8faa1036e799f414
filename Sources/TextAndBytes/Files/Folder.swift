#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What lies where.
package enum Folder {
  /// Whether there is a directory at `path`.
  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The paths of what lies in the directory at `path`, in the order of their names.
  package static func contents(of path: String) throws(FileProblems) -> [String] {
    guard let folder = opendir(path) else {
      throw FileProblems(
        FileProblem(
          file: path, message: "cannot be read: \(String(cString: strerror(errno)))"))
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    let root = path.hasSuffix("/") ? path : path + "/"
    return names.sorted().map { root + $0 }
  }
}

extension Folder {
  /// The names of a directory's files, sorted; none where it cannot be read.
  package static func names(in path: String) -> [String] {
    guard let paths = try? contents(of: path) else { return [] }
    return paths.compactMap { $0.split(separator: "/").last.map(String.init) }
      .filter { !$0.hasPrefix(".") }
  }

  /// The paths of the JSON files of a directory, or the file itself.
  package static func jsonFiles(_ path: String) -> [String] {
    guard Folder.isDirectory(path) else { return [path] }
    let ends = [".json", ".json.gz", ".jsonl", ".jsonl.gz"]
    return names(in: path).filter { name in ends.contains { name.hasSuffix($0) } }
      .map { "\(path)/\($0)" }
  }
}
