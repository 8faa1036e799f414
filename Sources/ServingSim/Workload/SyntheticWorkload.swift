package import ServingModel
package import SimKernel

/// A workload described by laws, from which requests are drawn.
package struct SyntheticWorkload: Hashable, Sendable {
  package var load: Load
  /// The whole prompt; with sessions, what the user adds at each turn.
  package var promptTokens: TokenLengths
  package var outputTokens: TokenLengths
  package var sharedPrefix: SharedPrefix?
  /// nil: every request stands alone.
  package var sessions: SyntheticSessions?

  /// When requests are sent, and how many.
  package enum Load: Hashable, Sendable {
    /// Whatever the fleet does. With sessions the process gives their first turns.
    case open(ArrivalProcess, Extent)
    /// By clients that wait for answers; `requests` counts all turns.
    case closed(ClosedLoop, requests: Int)
  }

  package enum Extent: Hashable, Sendable {
    /// This many requests, later turns of sessions included.
    case requests(Int)
    /// All requests, and sessions with all their turns, that begin before this.
    case duration(SimTime)
  }

  package init(
    load: Load, promptTokens: TokenLengths, outputTokens: TokenLengths,
    sharedPrefix: SharedPrefix? = nil, sessions: SyntheticSessions? = nil
  ) {
    self.load = load
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.sharedPrefix = sharedPrefix
    self.sessions = sessions
  }

  /// Draws the requests. The same seed gives the same requests; each law has its own random
  /// stream for each session (each request, without sessions), so changing one law leaves what the
  /// others draw as it was.
  package func workload(seed: UInt64, description: String) -> Workload {
    var draw = SyntheticDraw(self, seed: seed)
    return draw.workload(description: description)
  }
}
