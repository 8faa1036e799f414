import Glibc

/// Files that are being written beside their places, which go when Ctrl-C or SIGTERM ends the program
/// meanwhile.
enum PartialFiles {
  private static let most = 64

  /// Their paths, for a signal's handler, which may not allocate memory.
  private nonisolated(unsafe) static let paths: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> =
    {
      let paths = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: most)
      paths.initialize(repeating: nil, count: most)
      return paths
    }()

  /// Runs `body`, which writes the files at `names`; whatever ends the program removes them first.
  static func guarded<Result>(
    _ names: [String], _ body: () throws -> Result
  ) rethrows -> Result {
    for (place, name) in names.prefix(most).enumerated() { paths[place] = strdup(name) }
    let before = [SIGINT, SIGTERM].map { number in (number, signal(number, removeAndEnd)) }
    defer {
      for (number, handler) in before { signal(number, handler) }
      for place in 0..<most {
        free(paths[place])
        paths[place] = nil
      }
    }
    return try body()
  }

  private static let removeAndEnd: @convention(c) (Int32) -> Void = { number in
    for place in 0..<64 {
      if let path = PartialFiles.paths[place] { unlink(path) }
    }
    signal(number, SIG_DFL)
    raise(number)
  }
}
