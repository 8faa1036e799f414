import NIOCore

extension EventLoop {
  /// Runs `body` on this loop: at once when already on it.
  func runNowOrSoon(_ body: @escaping @Sendable () -> Void) {
    if inEventLoop { body() } else { execute(body) }
  }
}
