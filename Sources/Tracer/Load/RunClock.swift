package import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The one clock of a recording: monotonic, zero at the load's start, with the date of that zero.
package struct RunClock: Sendable {
  package let zero: NIODeadline
  /// Nanoseconds since 1970 at `zero`.
  package let date: Int64

  /// Zero is `delay` from now.
  package init(startingIn delay: TimeAmount) {
    let now = NIODeadline.now()
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    zero = now + delay
    date = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) + delay.nanoseconds
  }

  /// Nanoseconds from zero.
  package func time(_ deadline: NIODeadline) -> Int64 { (deadline - zero).nanoseconds }

  package var now: Int64 { time(.now()) }

  func deadline(_ time: Int64) -> NIODeadline { zero + .nanoseconds(time) }

  /// User and system time of this process until now, in seconds.
  package static var cpuSeconds: Double {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
