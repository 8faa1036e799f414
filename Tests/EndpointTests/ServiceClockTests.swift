import NIOCore
import SimKernel
import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(30))) struct ServiceClockTests {
  @Test(arguments: [0.001, 1, 1000])
  func `a deadline is the first whole nanosecond after its time`(speed: Double) {
    let clock = ServiceClock(start: .now(), speed: speed)
    let time = SimTime(picoseconds: 123_456_789_000_000)
    let deadline = clock.deadline(after: time)
    #expect(clock.time(at: deadline) > time)
    #expect(clock.time(at: deadline - .nanoseconds(2)) < time)
  }

  @Test(arguments: [0.001, 1, 1000])
  func `the clock's end has a deadline at any speed`(speed: Double) {
    let clock = ServiceClock(start: .now(), speed: speed)
    #expect(clock.deadline(after: .last) > .now())
    #expect(clock.time(at: clock.deadline(after: .last)) <= .last)
  }
}
