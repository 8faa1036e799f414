/// A directory that holds what a real engine's scheduler decided, step by step:
/// - `runs.csv`: one row a run: `run`, `server` (whose settings it ran with), optionally `prefix`
///   (leading tokens that the requests of one `prefix_group` share);
/// - `requests.csv`: `run`, `i` (from 0 within the run), `prompt_tokens`, `completion_tokens`,
///   `engine_arrival` (seconds, when the scheduler got it); optionally `priority` (vLLM's, lower
///   first) and what its text shares with others: `prefix_group`, or `block_ids`, a list with an id
///   for each full block of prompt and answer that stands for all text up to the block's end;
/// - `steps_composition.jsonl`: one object a step: `run`, `t0` (seconds, when scheduling began),
///   `seqs` (`[i, tokens scheduled, tokens already computed]` in scheduling order), `preempted`
///   (the `i` of requests preempted in it).
///
/// Each file may be compressed with gzip (`.gz`). Other columns are ignored.
package struct EngineLog: Sendable {
  package internal(set) var runs: [EngineRun] = []
}

/// One run of a real engine.
package struct EngineRun: Sendable {
  package var name: String
  package var server: String
  package internal(set) var requests: [EngineRequest] = []
  package internal(set) var steps: [EngineStep] = []
}

/// A request as the engine got it.
package struct EngineRequest: Hashable, Sendable {
  /// Its number in the run.
  package var number: Int
  /// When the scheduler got it, nanoseconds on the run's clock.
  package var arrival: Int64
  package var promptTokens: Int32
  package var completionTokens: Int32
  /// The group whose requests share `sharedTokens` leading tokens; nil: none.
  package var group: Int?
  package var sharedTokens: Int32
  /// Lower is served first.
  package var priority: Int32
  /// Ids of the full blocks of prompt and answer; nil: not stated.
  package var blockIDs: [Int64]?
}

/// A step as the engine ran it.
package struct EngineStep: Hashable, Sendable {
  /// When its scheduling began, nanoseconds on the run's clock.
  package var start: Int64
  /// Request number, tokens scheduled and tokens computed before, for each sequence in turn.
  package var sequences: [Int64]
  package var preempted: [Int64]
}
