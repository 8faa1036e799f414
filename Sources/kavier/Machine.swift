import Glibc
import Scenarios
import TextAndBytes

extension MemoryLimit {
  /// What each of `count` runs may take that are made at once.
  func share(of count: Int) -> MemoryLimit {
    count == 1
      ? self : MemoryLimit(bytes: bytes / Double(count), origin: "a share of \(count) of \(origin)")
  }
}

/// What this machine has.
enum Machine {
  /// Cores that this program may use: those that the kernel allows it (Linux), or all.
  static var cores: Int {
    let status = WholeFile.read("/proc/self/status").map { String(decoding: $0, as: UTF8.self) }
    let mask = status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
    let allowed = mask?.dropFirst("Cpus_allowed:".count).compactMap(\.hexDigitValue)
      .reduce(0) { $0 + $1.nonzeroBitCount }
    return max(1, allowed ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// Names this very build of the program: its version, and a sum of its bytes.
  static var program: String {
    "\(Kavier.version) \(FileChecksum.crc32(ofFile: "/proc/self/exe") ?? "")"
  }

  /// Its memory, or what of it this program may take where it runs in a control group (Linux,
  /// version 2).
  static var memory: MemoryLimit {
    let physical = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    let limit = WholeFile.read("/sys/fs/cgroup/memory.max").flatMap { bytes in
      Double(String(decoding: bytes, as: UTF8.self).filter(\.isNumber))
    }
    return MemoryLimit(
      bytes: min(physical, limit ?? .infinity),
      origin: "what this machine has (--memory-limit says otherwise)")
  }
}
