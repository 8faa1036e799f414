import Glibc

/// What a user reads when the program traps, which is a fault of its own: one sentence in place of
/// pages of stack.
enum OwnFault {
  /// `EX_SOFTWARE` of sysexits.h.
  static let exitCode: Int32 = 70

  private static let signals = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT]

  /// Ready before it is needed: a handler may neither allocate nor be the first to touch it.
  private nonisolated(unsafe) static let sentence = UnsafeMutableBufferPointer<UInt8>.allocate(
    capacity: 512)
  private nonisolated(unsafe) static var length = 0

  static func text(version: String) -> String {
    """
    kavier \(version) stopped at a fault of its own, which no input should cause: please report the \
    command and its files (CONTRIBUTING.md, "Report a problem"); run from a checkout by `swift run`, \
    with SWIFT_BACKTRACE=enable=yes, it also says where.

    """
  }

  /// From now on a trap ends the program with the sentence. Who sets SWIFT_BACKTRACE gets what the
  /// Swift runtime says instead.
  static func explain(version: String) {
    guard getenv("SWIFT_BACKTRACE") == nil else { return }
    length = sentence.update(fromContentsOf: text(version: version).utf8.prefix(sentence.count))
    makeStack()
    var action = sigaction()
    action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
    action.__sigaction_handler.sa_handler = { _ in
      write(2, OwnFault.sentence.baseAddress, OwnFault.length)
      _exit(OwnFault.exitCode)
    }
    for signal in signals { sigaction(signal, &action, nil) }
  }

  /// A stack of its own for the handler, since the program's may be what is used up.
  private static func makeStack() {
    let size = 1 << 16
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
  }
}
