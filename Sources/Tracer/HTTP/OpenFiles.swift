#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many files and connections the program may have open.
package enum OpenFiles {
  /// Takes as many as the system lets it, as a shell's usual 1024 are few connections, and has the
  /// kernel make room for `count` of them now: where it doubles its table under way, Linux lets the
  /// thread that opens the 1025th, 2049th, ... wait for some 10 to 20 ms.
  package static func makeRoom(for count: Int) {
    #if canImport(Glibc)
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let kind = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(kind, &limit)
    let most = Int32(clamping: limit.rlim_cur)
    let descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, min(Int32(clamping: count), most - 1))
    if descriptor >= 0 { close(descriptor) }
  }
}
