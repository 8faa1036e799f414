import SimKernel

/// A workload's columns as the engine reads them: pointers that live as long as the run.
struct WorkloadColumns {
  let count: Int
  /// `.never`: has no arrival of its own.
  let arrivals: UnsafeBufferPointer<SimTime>
  let promptTokens: UnsafeBufferPointer<Int32>
  let outputTokens: UnsafeBufferPointer<Int32>
  let sessions: UnsafeBufferPointer<Int32>?
  let priorities: UnsafeBufferPointer<Int32>?
  let deadlines: UnsafeBufferPointer<SimDuration>?
  let dependencies: DependencyColumns?
}

/// The columns of `Dependencies`.
struct DependencyColumns {
  let waitsFor: UnsafeBufferPointer<Int32>
  let firstDependent: UnsafeBufferPointer<Int32>
  let dependents: UnsafeBufferPointer<Int32>
  let thinkTimes: UnsafeBufferPointer<SimDuration>
}

extension SimTime {
  /// The same as `== .never`, which the compiler does not inline across modules.
  @inline(__always)
  var isNever: Bool { picoseconds == .max }
}

/// Runs `body` with pointers to the columns of `workload`.
func withColumns<R>(of workload: Workload, _ body: (WorkloadColumns) -> R) -> R {
  workload.arrivals.withUnsafeBufferPointer { arrivals in
    workload.promptTokens.withUnsafeBufferPointer { promptTokens in
      workload.outputTokens.withUnsafeBufferPointer { outputTokens in
        withColumn(workload.sessions) { sessions in
          withColumn(workload.priorities) { priorities in
            withColumn(workload.deadlines) { deadlines in
              withColumns(of: workload.dependencies) { dependencies in
                body(
                  WorkloadColumns(
                    count: workload.count, arrivals: arrivals, promptTokens: promptTokens,
                    outputTokens: outputTokens, sessions: sessions, priorities: priorities,
                    deadlines: deadlines, dependencies: dependencies))
              }
            }
          }
        }
      }
    }
  }
}

private func withColumns<R>(of dependencies: Dependencies?, _ body: (DependencyColumns?) -> R) -> R
{
  guard let dependencies else { return body(nil) }
  return dependencies.waitsFor.withUnsafeBufferPointer { waitsFor in
    dependencies.firstDependent.withUnsafeBufferPointer { firstDependent in
      dependencies.dependents.withUnsafeBufferPointer { dependents in
        dependencies.thinkTimes.withUnsafeBufferPointer { thinkTimes in
          body(
            DependencyColumns(
              waitsFor: waitsFor, firstDependent: firstDependent, dependents: dependents,
              thinkTimes: thinkTimes))
        }
      }
    }
  }
}

private func withColumn<Value, R>(
  _ column: [Value]?, _ body: (UnsafeBufferPointer<Value>?) -> R
) -> R {
  guard let column else { return body(nil) }
  return column.withUnsafeBufferPointer { body($0) }
}
