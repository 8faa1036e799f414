import NIOCore
import ServingPolicies
import ServingSim
import Synchronization

/// What all connections of an endpoint share.
final class EndpointContext: Sendable {
  let options: EndpointOptions
  let reading: ProtocolContext
  let loops: [any EventLoop]
  /// When the endpoint started, in seconds since 1970.
  let startedAt: Int
  let clockStart: UInt64
  let responses = HTTPCounts()
  private let service: NIOLoopBound<LiveService>
  private let connections = Atomic(0)
  /// Bytes of bodies that are coming in.
  private let bodyBytes = Atomic(0)
  private let answers = Atomic(0)
  private let draining = Atomic(false)
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
    reading = ProtocolContext(
      vocabulary: options.vocabulary, blockTokens: LiveService.blockTokens(of: plan),
      contextLength: plan.replicas.map(\.maxModelLength).max() ?? 0,
      longestAnswer: plan.workload.outputTokens.max().map(Int.init),
      hasPriorities: plan.replicas.contains { BatchPolicyName(of: $0.scheduler) == .priority })
    seed = plan.seed
  }

  /// The longest prompt and answer together.
  var contextLength: Int { reading.contextLength }

  /// Runs `body` on the engine's event loop: at once when already on it.
  func onEngine(_ body: @escaping @Sendable (LiveService) -> Void) {
    let service = service
    loops[0].runNowOrSoon { body(service.value) }
  }

  enum Place {
    case usual
    /// Beyond the limit, for a question of health.
    case spare
    case none
  }

  /// Counts a new connection.
  func openConnection() -> Place {
    let count = connections.add(1, ordering: .relaxed).newValue
    if count <= options.limits.connections { return .usual }
    return count <= options.limits.connections + EndpointLimits.spareConnections ? .spare : .none
  }

  func closeConnection() { connections.subtract(1, ordering: .relaxed) }

  /// Counts bytes of a body that has come in; false: there are too many, and these are not counted.
  func reserve(bodyBytes count: Int) -> Bool {
    guard bodyBytes.add(count, ordering: .relaxed).newValue <= options.limits.allBodyBytes else {
      release(bodyBytes: count)
      return false
    }
    return true
  }

  func release(bodyBytes count: Int) { bodyBytes.subtract(count, ordering: .relaxed) }

  /// Whether no more requests are taken.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  func drain() { draining.store(true, ordering: .relaxed) }

  /// A name for the next answer.
  func nextID() -> String {
    let number = answers.add(1, ordering: .relaxed).oldValue
    let digits = String(number, radix: 16)
    return "\(String(seed, radix: 16))-\(String(repeating: "0", count: max(0, 12 - digits.count)))"
      + digits
  }
}
