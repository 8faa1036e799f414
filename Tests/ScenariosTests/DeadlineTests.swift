import Foundation
import ServingModel
import SimKernel
import Testing

@testable import Scenarios
import ServingSim

struct DeadlineTests {
  private func deadlines(_ section: String) throws -> [SimDuration] {
    let text = small().replacing(
      "workload:\n", with: "workload:\n  deadline: \(section)\n", maxReplacements: 1)
    return try #require(
      try plan(text, set: ["workload.synthetic.requests=1000"]).workload.deadlines)
  }

  @Test func `all requests get the deadline, or a share of them`() throws {
    let hour = SimDuration.second * 3600
    #expect(try deadlines("{within: 1 h}").allSatisfy { $0 == hour })
    let some = try deadlines("{within: 1 h, share: 0.3}")
    #expect((260...340).contains(some.count { $0 == hour }))
    #expect(some.allSatisfy { $0 == hour || $0 == .longest })
  }

  @Test func `who gets it does not change with how long it is`() throws {
    let short = try deadlines("{within: 1 h, share: 0.5}").map { $0 == .longest }
    #expect(try deadlines("{within: 2 h, share: 0.5}").map { $0 == .longest } == short)
  }

  @Test func `a class that nobody is of`() {
    let text = small().replacing(
      "workload:\n", with: "workload:\n  deadline: {within: 1 h, class: batch}\n",
      maxReplacements: 1)
    #expect(
      problems(text) == [
        "s.yaml:2: workload.deadline.class: the workload does not say classes of service"
      ])
  }

  @Test func `only requests of the class get it`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    let rows = "arrival_us,input_tokens,output_tokens,slo_class\n0,9,9,batch\n9,9,9,critical\n"
    try rows.write(to: file, atomically: true, encoding: .utf8)
    let text = """
      workload:
        trace: {path: "\(file.path)", format: csv}
        deadline: {within: 1 h, class: batch}
      fleet: {model: llama-3.1-8b, accelerator: h100-sxm}
      """
    #expect(try plan(text).workload.deadlines == [.second * 3600, .longest])
    #expect(
      problems(text, set: ["workload.deadline.class=bulk"]) == [
        "--set workload.deadline.class=bulk: workload.deadline.class: no request is of class "
          + "\"bulk\"; expected one of batch, critical"
      ])
  }

  @Test func `a trace's own deadlines are kept`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    let rows = "arrival_us,input_tokens,output_tokens,deadline_us\n0,10,10,5000000\n9,10,10,\n"
    try rows.write(to: file, atomically: true, encoding: .utf8)
    let text = """
      workload:
        trace: {path: "\(file.path)", format: csv}
        deadline: {within: 1 h}
      fleet: {model: llama-3.1-8b, accelerator: h100-sxm}
      """
    #expect(try plan(text).workload.deadlines == [.second * 5, .second * 3600])
  }
}
