import Impact
import ServingModel
import ServingSim
import SimKernel
import Testing

/// What caps and switching off change in a bill.
@Suite(.timeLimit(.minutes(30))) struct BillPolicyTests {
  private func bill(_ shape: PowerCurve.Shape, edit: (inout FinishedRun) -> Void) -> Amounts {
    var plan = BillFiguresTests.plan
    plan.power = [.curve(PowerCurve(shape, idle: 0.1))]
    var run = BillFiguresTests.run()
    edit(&run)
    return Bill(run, plan: plan).total
  }

  @Test func `time that a replica is off takes no energy of its accelerators, and is billed`() {
    let on = bill(.linear) { _ in }
    let off = bill(.linear) { $0.recording.replicas[1].windows[0].offTime = 3e12 }
    // Two accelerators that draw 50 W at rest, for three seconds.
    let saved = on[.acceleratorEnergy] - off[.acceleratorEnergy]
    #expect(abs(saved - 300) < 1e-6)
    #expect(off[.acceleratorTime] == on[.acceleratorTime])
    #expect(off[.embodiedHigh] == on[.embodiedHigh] && off[.provisionHigh] == on[.provisionHigh])
  }

  @Test func `no accelerator draws more than its cap`() {
    let capped = bill(.constant) { run in
      for number in run.replicas.indices { run.replicas[number].powerCap = Watts(125) }
    }
    // Four accelerators for four seconds.
    #expect(abs(capped[.acceleratorEnergy] - 4 * 125 * 4) < 1e-6)
  }
}
