import Glibc
import Synchronization
import TextAndBytes

/// Ctrl-C while a simulation runs: the run is stopped, not the program. At other times it, and
/// SIGTERM, end the program, and no unfinished file stays.
enum Interrupt {
  /// 128 + SIGINT, as shells report it.
  static let exitCode: Int32 = 130

  private static let flag = Atomic(false)

  /// Whether Ctrl-C was pressed during `watched`.
  static var happened: Bool { flag.load(ordering: .relaxed) }

  /// At the start of the program: what ends it takes unfinished files along. Signals that it was told
  /// to ignore stay ignored.
  static func endsCleanly() {
    UnfinishedFiles.prepare()
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) { end(on: number) }
  }

  private static func end(on number: Int32) {
    signal(number) { number in
      if UnfinishedFiles.comesAgain(number) { return }
      UnfinishedFiles.unlinkAll()
      signal(number, SIG_DFL)
      raise(number)
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is the address 1.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Runs `body`; Ctrl-C meanwhile sets `happened`. A second one ends the program.
  static func watched<Result>(_ body: () -> Result) -> Result {
    watch()
    defer { end(on: SIGINT) }
    return body()
  }

  /// The same for what runs side by side; SIGTERM counts, too.
  static func watched<Result>(_ body: () async -> Result) async -> Result {
    watchForStop()
    defer {
      end(on: SIGINT)
      end(on: SIGTERM)
    }
    return await body()
  }

  /// From now on Ctrl-C and SIGTERM set `happened`. A second one ends the program.
  static func watchForStop() {
    watch()
    signal(SIGTERM) { _ in
      Interrupt.end(on: SIGTERM)
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
    UnfinishedFiles.prepare()
    signal(SIGINT) { _ in
      Interrupt.end(on: SIGINT)
      Interrupt.flag.store(true, ordering: .relaxed)
    }
  }
}
