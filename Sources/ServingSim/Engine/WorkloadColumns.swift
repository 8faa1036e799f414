import ServingModel
import SimKernel

/// A workload's columns as the engine reads them: pointers that live as long as the run.
struct WorkloadColumns {
  let count: Int
  /// `.never`: has no arrival of its own.
  let arrivals: UnsafeBufferPointer<SimTime>
  let promptTokens: UnsafeBufferPointer<Int32>
  /// Within the clients' limits.
  let outputTokens: UnsafeBufferPointer<Int32>
  let sessions: UnsafeBufferPointer<Int32>?
  let priorities: UnsafeBufferPointer<Int32>?
  let deadlines: UnsafeBufferPointer<SimDuration>?
  let patience: UnsafeBufferPointer<SimDuration>?
  /// What requests say of themselves; nil: none says anything.
  let traits: TraitTable?
  let dependencies: DependencyColumns?
  let content: ContentColumns?
}

/// The columns of `Dependencies`.
struct DependencyColumns {
  let waitsFor: UnsafeBufferPointer<Int32>
  let firstDependent: UnsafeBufferPointer<Int32>
  let dependents: UnsafeBufferPointer<Int32>
  let thinkTimes: UnsafeBufferPointer<SimDuration>
}

/// The columns of `ContentTable`.
struct ContentColumns {
  let chainOfRequest: UnsafePointer<Int32>
  let answersExtend: UnsafePointer<Bool>
  let parents: UnsafePointer<Int32>
  let offsets: UnsafePointer<Int32>
  let chainCount: Int
}

extension SimTime {
  /// The same as `== .never`, which the compiler does not inline across modules.
  @inline(__always)
  var isNever: Bool { picoseconds == .max }
}

/// Runs `body` with pointers to the columns of `workload`.
func withColumns<R>(of workload: Workload, _ body: (WorkloadColumns) -> R) -> R {
  let traits = workload.traits
  precondition(traits.fit(workload.count), "a workload's columns differ in length")
  let table = traits.isEmpty ? nil : TraitTable(traits)
  return workload.arrivals.withUnsafeBufferPointer { arrivals in
    workload.promptTokens.withUnsafeBufferPointer { promptTokens in
      traits.limited(workload.outputTokens).withUnsafeBufferPointer { outputTokens in
        withColumn(workload.sessions) { sessions in
          withColumn(workload.priorities) { priorities in
            withColumn(workload.deadlines) { deadlines in
              withColumn(workload.patience) { patience in
                withColumns(of: workload.dependencies) { dependencies in
                  withColumns(of: workload.content) { content in
                    body(
                      WorkloadColumns(
                        count: workload.count, arrivals: arrivals, promptTokens: promptTokens,
                        outputTokens: outputTokens, sessions: sessions, priorities: priorities,
                        deadlines: deadlines, patience: patience, traits: table,
                        dependencies: dependencies, content: content))
                  }
                }
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

private func withColumns<R>(of content: ContentTable?, _ body: (ContentColumns?) -> R) -> R {
  guard let content else { return body(nil) }
  precondition(
    content.offsets.count == content.parents.count
      && content.answersExtend.count == content.parents.count,
    "chains' columns differ in length")
  return content.chainOfRequest.withUnsafeBufferPointer { chainOfRequest in
    content.answersExtend.withUnsafeBufferPointer { answersExtend in
      content.parents.withUnsafeBufferPointer { parents in
        content.offsets.withUnsafeBufferPointer { offsets in
          // An array without elements may be nowhere; then nobody looks into it.
          guard let chainsAt = chainOfRequest.baseAddress,
            let extendAt = answersExtend.baseAddress, let parentsAt = parents.baseAddress,
            let offsetsAt = offsets.baseAddress
          else { return body(nil) }
          return body(
            ContentColumns(
              chainOfRequest: chainsAt, answersExtend: extendAt, parents: parentsAt,
              offsets: offsetsAt, chainCount: parents.count))
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
