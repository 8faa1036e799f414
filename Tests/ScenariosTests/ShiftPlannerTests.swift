import ServingModel
import SimKernel
import Testing

@testable import Scenarios
import ServingSim

struct ShiftPlannerTests {
  /// `small` with deadlines and further sections.
  private func scenario(_ sections: String, deadline: String = "deadline: {within: 2 h}") -> String
  {
    small().replacing("workload:\n", with: "workload:\n  \(deadline)\n", maxReplacements: 1)
      + sections
  }

  private static let carbonAware = "shift: {policy: carbon_aware, rate: 2 /s, reserve: 10 min}\n"

  @Test func `a policy goes by the signal of impact`() throws {
    let signals = "impact: {grid: 300 g/kWh, tariff: 0.2}\n"
    let carbon = try #require(try plan(scenario(Self.carbonAware + signals)).shift)
    #expect(carbon.signal.value(at: 0) == 300)
    #expect(carbon.spacing == .millisecond * 500)
    #expect(carbon.reserve == .second * 600)
    let priced = Self.carbonAware.replacing("carbon_aware", with: "price_aware")
    #expect(try plan(scenario(priced + signals)).shift?.signal.value(at: 0) == 0.2)
  }

  @Test func `immediate is no shift, also when nothing is said`() throws {
    #expect(try plan(scenario("")).shift == nil)
    #expect(try plan(scenario("shift: {}\n")).shift == nil)
    #expect(try plan(scenario(Self.carbonAware), set: ["shift.policy=immediate"]).shift == nil)
  }

  @Test func `a signal that is not stated`() {
    #expect(
      problems(scenario(Self.carbonAware)) == [
        "s.yaml:11: shift.policy: carbon_aware goes by impact.grid, which is not stated"
      ])
  }

  @Test func `nobody who can wait`() {
    #expect(
      problems(small() + Self.carbonAware + "impact: {grid: 300 g/kWh}\n") == [
        "s.yaml:10: shift: no request has a deadline, so none can wait; state workload.deadline"
      ])
  }

  @Test func `what a policy needs`() {
    #expect(
      problems(scenario("shift: {policy: carbon_aware}\nimpact: {grid: 300 g/kWh}\n")) == [
        "s.yaml:11: shift.rate: missing; expected the most releases that the fleet can take, "
          + "like 2 /s",
        "s.yaml:11: shift.reserve: missing; expected what a request takes to queue and run at "
          + "most, like 10 min",
      ])
  }
}
