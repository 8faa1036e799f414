import Synchronization

/// Lines for whoever runs many plans: each is told once, whatever number of plans it holds for.
final class ToldOnce: Sendable {
  private let told = Mutex<Set<String>>([])

  /// `line` is what may stand on the terminal.
  func tell(_ lines: [String], over line: TerminalLine) {
    told.withLock { told in
      let news = lines.filter { told.insert($0).inserted }
      guard !news.isEmpty else { return }
      line.clear()
      for text in news { StandardStream.problem(text) }
    }
  }
}
