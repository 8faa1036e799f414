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
}

/// Runs `body` with pointers to the columns of `workload`.
func withColumns<R>(of workload: Workload, _ body: (WorkloadColumns) -> R) -> R {
  workload.arrivals.withUnsafeBufferPointer { arrivals in
    workload.promptTokens.withUnsafeBufferPointer { promptTokens in
      workload.outputTokens.withUnsafeBufferPointer { outputTokens in
        withColumn(workload.sessions) { sessions in
          withColumn(workload.priorities) { priorities in
            body(
              WorkloadColumns(
                count: workload.count, arrivals: arrivals, promptTokens: promptTokens,
                outputTokens: outputTokens, sessions: sessions, priorities: priorities))
          }
        }
      }
    }
  }
}

private func withColumn<R>(_ column: [Int32]?, _ body: (UnsafeBufferPointer<Int32>?) -> R) -> R {
  guard let column else { return body(nil) }
  return column.withUnsafeBufferPointer { body($0) }
}
