/// The schedulers that a scenario can name.
package enum SchedulerPolicy: Hashable, Sendable {
  /// vLLM V1: decodes and prompt chunks share every step.
  case continuous(WaitingOrder)
  /// A batch is filled, runs until its last request ends, then the next is filled.
  case staticBatching
}

/// Who is next in the waiting queue.
package enum WaitingOrder: String, CaseIterable, Sendable {
  /// vLLM's `fcfs`: by arrival; a preempted request goes back to the front.
  case firstComeFirstServed = "fcfs"
  /// vLLM's `priority`: by (priority, arrival), lower first.
  case priority = "priority"
}

extension SchedulerPolicy: CaseIterable {
  package static let allCases = WaitingOrder.allCases.map(Self.continuous) + [.staticBatching]
}

extension SchedulerPolicy {
  /// Asks the scheduler of this name.
  func admit(_ admission: inout Admission) -> Bool {
    switch self {
    case .continuous: ContinuousBatching().admit(&admission)
    case .staticBatching: StaticBatching().admit(&admission)
    }
  }

  var order: WaitingOrder {
    switch self {
    case .continuous(let order): order
    case .staticBatching: .firstComeFirstServed
    }
  }
}

/// The schedulers by the words of a scenario.
package enum SchedulerName: String, CaseIterable, Sendable {
  case continuous
  case staticBatching = "static"

  /// The scheduler with its queue in `order`, where it leaves that open.
  package func policy(_ order: WaitingOrder) -> SchedulerPolicy {
    switch self {
    case .continuous: .continuous(order)
    case .staticBatching: .staticBatching
    }
  }
}
