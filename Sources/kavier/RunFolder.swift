import Glibc

/// The folder of a run, named after the local time as the original names it. Where that is taken, a
/// number follows, as in 0.5.3: runs of the same second do not overwrite each other.
enum RunFolder {
  static func make(in folder: String) throws -> OutputDirectory {
    let name = folder + "/" + timestamp()
    try OutputDirectory.makeDirectory(folder)
    var path = name
    var number = 0
    // To make it is to have it: two runs that ask at once do not get the same.
    while mkdir(path, 0o777) != 0 {
      guard errno == EEXIST else { throw OutputError(.create, path: path, code: errno) }
      number += 1
      path = "\(name)_\(number)"
    }
    return try OutputDirectory(path: path)
  }

  static func removeIfEmpty(_ path: String) { rmdir(path) }

  static func millisecondsSince1970() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }

  private static func timestamp() -> String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%d_%H-%M-%S", &parts)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
