import ServingModel
import ServingSim
import TextAndBytes

/// The reference architecture as text for a terminal and as Markdown for its page.
package enum ArchitectureText {
  /// Every layer with its components. `use`: which of them that run exercises.
  package static func render(_ use: ArchitectureUse?) -> String {
    let exercised = use.map { Set(ArchitectureComponent.exercised(by: $0).map(\.id)) }
    var text = "Reference architecture of serving large language models\n"
    for layer in ArchitectureComponent.Layer.allCases {
      text += "\n\(layer.rawValue)\n"
      for component in ArchitectureComponent.all where component.layer == layer {
        text += line(component, exercised)
      }
    }
    text += "\n+ simulated, - not simulated"
    if let use, let exercised {
      text +=
        ", * exercised by \(use.plan.name): \(exercised.count) of \(ArchitectureComponent.all.count)"
    }
    return text + "\n"
  }

  private static func line(_ component: ArchitectureComponent, _ exercised: Set<String>?) -> String
  {
    let mark =
      exercised?.contains(component.id) == true ? "*" : component.simulatedBy == nil ? "-" : "+"
    let name = TextLayout.pad("\(mark) \(component.id)", to: 15)
    return name + component.responsibility + "\n"
      + (component.simulatedBy.map { String(repeating: " ", count: 15) + "by \($0)\n" } ?? "")
  }

  /// The components' table.
  package static var components: String {
    var text = "| Layer | Component | Responsibility | Flows | Metrics | Simulated by |\n"
    text += "|---|---|---|---|---|---|\n"
    for component in ArchitectureComponent.all {
      text += "| \(component.layer.rawValue) | \(component.id) | \(component.responsibility) "
      text += "| \(component.flows) | \(component.metrics) | \(component.simulatedBy ?? "-") |\n"
    }
    return text
  }

  /// A heading, a table and the sources for each real system.
  package static var systems: String {
    RealSystem.all.map { system in
      var text = "### \(system.name)\n\n| Component | There |\n|---|---|\n"
      for component in ArchitectureComponent.all {
        guard let part = system.parts[component.id] else { continue }
        text += "| \(component.id) | \(part) |\n"
      }
      return text + "\nSources: " + system.sources.map { "<\($0)>" }.joined(separator: ", ") + "\n"
    }.joined(separator: "\n")
  }
}
