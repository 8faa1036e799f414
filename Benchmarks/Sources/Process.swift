#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// User and system time of this process so far.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// This process's memory, as Linux tells it; nil elsewhere.
enum Memory {
  static func resident() -> Int? { status("VmRSS:") }

  /// The most since `forgetPeak`.
  static func peak() -> Int? { status("VmHWM:") }

  static func forgetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  private static func status(_ key: String) -> Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = line.prefix { $0 != 0 }.map { Character(Unicode.Scalar(UInt8(bitPattern: $0))) }
      let words = String(text).split { $0 == " " || $0 == "\t" }
      if let first = words.first, first == key, words.count > 1 {
        return Int(words[1]).map { $0 << 10 }
      }
    }
    return nil
  }
}
