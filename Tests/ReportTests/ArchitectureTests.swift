import Foundation
import Report
import ServingModel
import ServingTestSupport
import Testing
import ServingSim

struct ArchitectureTests {
  private static let page = try? String(
    contentsOfFile: SharedData.repository + "/REFERENCE-ARCHITECTURE.md", encoding: .utf8)

  @Test func `the page has the tables of the code`() throws {
    let page = try #require(Self.page)
    #expect(page.contains(ArchitectureText.components))
    for section in ArchitectureText.systems.components(separatedBy: "\n### ") {
      #expect(page.contains(section.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
  }

  @Test func `the diagram names every component`() throws {
    let page = try #require(Self.page)
    let diagram = page.components(separatedBy: "```mermaid").dropFirst().first ?? ""
    for component in ArchitectureComponent.all {
      #expect(diagram.contains("[\(component.id)]"), "\(component.id)")
    }
  }

  @Test func `real systems map onto components that there are`() {
    let ids = Set(ArchitectureComponent.all.map(\.id))
    #expect(ids.count == ArchitectureComponent.all.count)
    #expect(RealSystem.all.count >= 10)
    for system in RealSystem.all {
      #expect(!system.sources.isEmpty)
      #expect(system.parts.count >= 4)
      #expect(system.parts.keys.allSatisfy(ids.contains), "\(system.name)")
    }
  }

  @Test func `a plan exercises what it makes use of`() {
    var plan = Fixtures.plan(promptTokens: [8], replicas: [Fixtures.replica()])
    let one = Set(
      ArchitectureComponent.exercised(by: ArchitectureUse(plan, hasBill: false)).map(\.id))
    #expect(one.isSuperset(of: ["client", "scheduler", "kv-cache", "executor", "telemetry"]))
    #expect(!one.contains("router"))
    plan.replicas.append(plan.replicas[0])
    plan.router = .prefixAffinity
    let two = Set(
      ArchitectureComponent.exercised(by: ArchitectureUse(plan, hasBill: false)).map(\.id))
    #expect(two.subtracting(one) == ["router", "index"])
  }

  @Test func `the text counts what a plan exercises`() {
    let text = ArchitectureText.render(
      ArchitectureUse(
        Fixtures.plan(promptTokens: [8], replicas: [Fixtures.replica()]), hasBill: true))
    #expect(text.contains("* scheduler") && text.contains("* accounting"))
    #expect(text.contains("+ speculation") && text.contains("- adapters"))
    #expect(ArchitectureText.render(nil).contains("+ scheduler"))
  }
}
