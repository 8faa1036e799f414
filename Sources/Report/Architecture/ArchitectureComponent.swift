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
  /// Whether a plan makes use of it.
  var isExercised: @Sendable (Plan) -> Bool = { _ in false }
}

extension ArchitectureComponent {
  /// The components that running the plan simulates.
  package static func exercised(by plan: Plan) -> [ArchitectureComponent] {
    all.filter { $0.simulatedBy != nil && $0.isExercised(plan) }
  }
}
