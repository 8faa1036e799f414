package import ServingSim

/// A part of an ecosystem that serves large language models, as REFERENCE-ARCHITECTURE.md has it.
package struct ArchitectureComponent: Sendable {
  package enum Layer: String, Sendable, CaseIterable {
    case use = "Use"
    case entry = "Entry"
    case fleet = "Fleet"
    case engine = "Engine"
    case state = "State"
    case resources = "Resources"
    case control = "Control"
    case insight = "Insight"
  }

  /// One word, unique.
  package var id: String
  package var layer: Layer
  package var responsibility: String
  /// What it gets from which component, and what it gives to which.
  package var flows: String
  package var metrics: String
  /// The part of Kavier that simulates it; nil: none does.
  package var simulatedBy: String?
  /// Whether a run makes use of it.
  var isExercised: @Sendable (ArchitectureUse) -> Bool = { _ in false }
}

/// What is to be run.
package struct ArchitectureUse: Sendable {
  package var plan: Plan
  /// Whether its energy, carbon and cost are reckoned.
  package var hasBill: Bool

  package init(_ plan: Plan, hasBill: Bool) {
    self.plan = plan
    self.hasBill = hasBill
  }
}

extension ArchitectureComponent {
  /// The components that a run simulates.
  package static func exercised(by use: ArchitectureUse) -> [ArchitectureComponent] {
    all.filter { $0.simulatedBy != nil && $0.isExercised(use) }
  }
}
