import NIOCore
import ServingSim
import Synchronization

/// What all connections of an endpoint share.
final class EndpointContext: Sendable {
  let options: EndpointOptions
  /// The longest prompt and answer together.
  let contextLength: Int
  /// Tokens in a block of a prompt's hashes.
  let blockTokens: Int
  let loops: [any EventLoop]
  /// When the endpoint started, in seconds since 1970.
  let startedAt: Int
  let clockStart: UInt64
  private let service: NIOLoopBound<LiveService>
  private let connections = Atomic(0)
  private let answers = Atomic(0)
  private let seed: UInt64

  init(
    _ plan: Plan, _ options: EndpointOptions, loops: [any EventLoop],
    service: NIOLoopBound<LiveService>, clockStart: UInt64, startedAt: Int
  ) {
    self.options = options
    self.loops = loops
    self.service = service
    self.clockStart = clockStart
    self.startedAt = startedAt
    contextLength = plan.replicas.map(\.maxModelLength).max() ?? 0
    blockTokens = LiveService.blockTokens(of: plan)
    seed = plan.seed
  }

  /// Runs `body` on the engine's event loop: at once when already on it.
  func onEngine(_ body: @escaping @Sendable (LiveService) -> Void) {
    let service = service
    loops[0].runNowOrSoon { body(service.value) }
  }

  /// Counts a new connection; false: there are too many.
  func openConnection() -> Bool {
    connections.add(1, ordering: .relaxed).newValue <= options.limits.connections
  }

  func closeConnection() { connections.subtract(1, ordering: .relaxed) }

  /// A name for the next answer.
  func nextID() -> String {
    let number = answers.add(1, ordering: .relaxed).oldValue
    let digits = String(number, radix: 16)
    return "\(String(seed, radix: 16))-\(String(repeating: "0", count: max(0, 12 - digits.count)))"
      + digits
  }
}
