import Impact
import ServingModel
import SimKernel
import Testing

struct JoulesTests {
  @Test func `a watt for a second is a joule`() {
    #expect(Watts(300) * .millisecond == Joules(0.3))
    #expect(Joules(6) / SimDuration(seconds: 2) == Watts(3))
    #expect(Joules(1) + Joules(2) == Joules(3) && Joules(1) < Joules(2))
  }
}
