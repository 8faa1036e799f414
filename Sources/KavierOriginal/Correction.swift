/// An error of the original that can be corrected for itself.
package enum Correction: String, Sendable, Hashable, CaseIterable {
  case durations
  case fragments
  case arrivals
  case files
  case columns
  case tokenLists = "token-lists"
  case prompt
  case firstToken = "first-token"
  case saving
  case sessions
  case lookups
  case peaks
  case memory
  case emptyCache = "empty-cache"
  case names
  case exportRate = "export-rate"
  case units

  /// What is done in place of what.
  package var summary: String {
    switch self {
    case .durations:
      "task durations are whole milliseconds, at least 1, not seconds cut to whole ones"
    case .fragments: "the fragments of a task last as long as the task: the last takes the rest"
    case .arrivals:
      "tasks arrive at the trace's ts after 2026-01-01 00:00 UTC, not all when the run starts"
    case .files: "ids are numbers and the columns are those that OpenDC reads today"
    case .columns: "each optional column of a trace counts for itself, not only with the others"
    case .tokenLists: "a token list has as many tokens as its count says, or the row is refused"
    case .prompt: "without a KV cache the prompt is computed again for each token, too"
    case .firstToken: "the first output token comes out of the prefill: decode makes the others"
    case .saving: "a hit saves the matched tokens, not the rest of the prompt and the overhead"
    case .sessions: "with session scope every session has max_cached_prompts of its own"
    case .lookups: "under the policy none nothing is looked up, so nothing is hit or evicted"
    case .peaks: "peak arithmetic is that of dense matrices (L4, H100, H200), not of sparse ones"
    case .memory: "a model whose weights exceed the GPU's memory is refused"
    case .emptyCache: "max_cached_prompts 0 is no cache, not a failure"
    case .names: "every GPU and model can be named, also those with a space (H200 SXM)"
    case .exportRate: "the summary says the export rate as it is, not to one decimal"
    case .units:
      "efficiency is Wh, gCO2 and price per million tokens: J/3600, not multiplied by time"
    }
  }

  /// What `kavier perf` and `kavier eff` correct without being asked in a release, because its
  /// authors did.
  package static func made(in release: Release) -> Set<Correction> {
    switch release {
    case .v0_1_0: []
    case .v0_5_3: [.durations, .fragments, .files, .columns, .names, .exportRate, .units]
    }
  }
}

/// A release and what is corrected of it.
package struct Behaviour: Sendable, Hashable {
  package let release: Release
  /// What was asked for beyond the release.
  package let asked: Set<Correction>
  private let corrections: Set<Correction>

  package init(_ release: Release = .v0_1_0, correcting asked: Set<Correction> = []) {
    self.release = release
    let made = Correction.made(in: release)
    self.asked = asked.subtracting(made)
    corrections = made.union(asked)
  }

  package func corrects(_ correction: Correction) -> Bool { corrections.contains(correction) }

  /// A line for each correction that was asked for; none without any.
  package var list: String {
    let lines = Correction.allCases.filter(asked.contains).map {
      "  \($0.rawValue): \($0.summary)\n"
    }
    return lines.isEmpty ? "" : "Corrected in \(release.rawValue):\n" + lines.joined()
  }
}
