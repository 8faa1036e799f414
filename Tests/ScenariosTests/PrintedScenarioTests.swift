import Foundation
@testable import Scenarios
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// What a failing differential test prints is what it has seen.
@Suite(.timeLimit(.minutes(30))) struct PrintedScenarioTests {
  @Test(arguments: UInt64(0)..<60)
  func `a drawn plan printed as a scenario has the plan's outcomes`(seed: UInt64) throws {
    let plan = randomPlanWithPowerDown(seed: seed).sayable
    let folder = NSTemporaryDirectory() + "kavier-printed-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try PrintedScenario(plan).write(to: folder)
    let replayed = try ScenarioLoader.load(file: path).plan
    #expect(Simulation.run(replayed).outcomes == Simulation.run(plan).outcomes)
  }
}
