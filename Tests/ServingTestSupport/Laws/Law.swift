package import ServingSim
package import SimKernel

/// Something that holds between any plan and the recording of its whole run, whatever the policies.
package struct Law: Sendable, CustomStringConvertible {
  package let description: String
  private let firstBreach: @Sendable (Plan, Recording) -> String?

  init(
    _ description: String, firstBreach: @escaping @Sendable (Plan, Recording) -> String?
  ) {
    self.description = description
    self.firstBreach = firstBreach
  }

  /// How a recording breaks the law, in words; nil: it does not.
  package func breach(_ plan: Plan, _ recording: Recording) -> String? {
    firstBreach(plan, recording)
  }

  package static let all: [Law] = [
    .requestsAreConserved, .momentsAreInOrder, .windowsCountEverythingOnce, .tokensAreConserved,
    .gapsFillTheTimeAfterFirstTokens, .blocksSuffice, .cacheHitsAreWholeBlocks,
    .arrivalsAreAsRecorded, .dependentsFollow, .closedLoopsAreClosed, .littlesLaw,
    .noWindowIsOverfull, .offReplicasDoNothing, .heldRequestsAreInTime, .releasesAreSpaced,
  ]
}

extension Recording {
  /// Numbers of the requests that a replica ended.
  func finished(on replica: Int) -> [Int] {
    outcomes.indices.filter {
      outcomes[$0].status == .finished && outcomes[$0].replica == Int32(replica)
    }
  }
}

extension Recording {
  /// When each request reached the fleet.
  package var releases: [SimTime] {
    var releases = outcomes.map(\.arrival)
    for request in held { releases[Int(request.number)] = request.release }
    return releases
  }
}

extension ReplicaRecording {
  /// All windows in one.
  package var totals: WindowTotals {
    windows.reduce(into: WindowTotals()) { $0.add($1) }
  }
}

/// Whether sums of many floating-point terms are the same number.
func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1) }
