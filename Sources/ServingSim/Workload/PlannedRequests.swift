import ServingModel
import SimKernel

/// What stands fast of a plan's own requests while others come from outside: when they arrive, and
/// whom they wait for. A live run and its copies share it.
final class PlannedRequests {
  let count: Int
  let arrivals: UnsafeBufferPointer<SimTime>
  let dependencies: DependencyColumns?

  init(_ workload: Workload) {
    count = workload.count
    arrivals = Self.kept(workload.arrivals)
    dependencies = workload.dependencies.map {
      DependencyColumns(
        waitsFor: Self.kept($0.waitsFor), firstDependent: Self.kept($0.firstDependent),
        dependents: Self.kept($0.dependents), thinkTimes: Self.kept($0.thinkTimes))
    }
  }

  deinit {
    arrivals.deallocate()
    guard let dependencies else { return }
    dependencies.waitsFor.deallocate()
    dependencies.firstDependent.deallocate()
    dependencies.dependents.deallocate()
    dependencies.thinkTimes.deallocate()
  }

  private static func kept<Value: BitwiseCopyable>(
    _ column: [Value]
  ) -> UnsafeBufferPointer<Value> {
    let copy = UnsafeMutableBufferPointer<Value>.allocate(capacity: column.count)
    _ = copy.initialize(from: column)
    return UnsafeBufferPointer(copy)
  }
}
