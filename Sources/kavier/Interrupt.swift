import Glibc
import Synchronization

/// Ctrl-C while a simulation runs: the run is stopped, not the program.
enum Interrupt {
  /// 128 + SIGINT, as shells report it.
  static let exitCode: Int32 = 130

  private static let flag = Atomic(false)

  /// Whether Ctrl-C was pressed during `watched`.
  static var happened: Bool { flag.load(ordering: .relaxed) }

  /// Runs `body`; Ctrl-C meanwhile sets `happened`. A second one ends the program.
  static func watched<Result>(_ body: () -> Result) -> Result {
    watch()
    defer { signal(SIGINT, SIG_DFL) }
    return body()
  }

  /// The same for what runs side by side; SIGTERM counts, too.
  static func watched<Result>(_ body: () async -> Result) async -> Result {
    watchForStop()
    defer {
      signal(SIGINT, SIG_DFL)
      signal(SIGTERM, SIG_DFL)
    }
    return await body()
  }

  /// From now on Ctrl-C and SIGTERM set `happened`. A second one ends the program.
  static func watchForStop() {
    watch()
    signal(SIGTERM) { _ in
      signal(SIGTERM, SIG_DFL)
      Interrupt.flag.store(true, ordering: .relaxed)
    }
  }

  /// Waits until one of them has come.
  static func waited() async {
    while !happened { try? await Task.sleep(for: .milliseconds(50)) }
  }

  private static func watch() {
    // Initialised here: the handler may not be the first to touch it.
    flag.store(false, ordering: .relaxed)
    signal(SIGINT) { _ in
      signal(SIGINT, SIG_DFL)
      Interrupt.flag.store(true, ordering: .relaxed)
    }
  }
}
