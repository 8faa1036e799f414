import Glibc
import Scenarios

/// What this machine has.
enum Machine {
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
