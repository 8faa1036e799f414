import Glibc
import Testing

@testable import kavier

struct InterruptTests {
  @Test func `Ctrl-C while watched is noted and ends nothing`() {
    let seen = Interrupt.watched {
      let before = Interrupt.happened
      // To the process: the threads that run tests may block signals.
      kill(getpid(), SIGINT)
      for _ in 0..<5000 where !Interrupt.happened { usleep(1000) }
      return (before, Interrupt.happened)
    }
    #expect(seen == (false, true))
    #expect(Interrupt.watched { Interrupt.happened } == false)
  }
}
