import Testing

@testable import Tracer

@Suite(.timeLimit(.minutes(30))) struct LoadScheduleTests {
  private typealias Release = LoadSchedule.Release

  private func request(
    _ number: Int, at arrival: Int64? = nil, after: [Int] = [], think: Int64 = 0
  ) -> PlannedRequest {
    var request = PlannedRequest(
      number: number, prompt: .text("x"), inputTokens: 1, maxTokens: 1)
    request.arrival = arrival
    request.waitsFor = after
    request.think = think
    return request
  }

  @Test func `an open loop sends at the workload's times, however slow the server is`() {
    var schedule = LoadSchedule(
      [request(0, at: 0), request(1, at: 50), request(2, at: 20)], concurrency: nil)
    #expect(
      schedule.releases(until: 30, now: 0) == [
        Release(number: 0, time: 0), Release(number: 2, time: 20),
      ])
    #expect(schedule.nextTime == 50)
    #expect(schedule.releases(until: 60, now: 55) == [Release(number: 1, time: 50)])
    #expect(schedule.nextTime == nil)
    #expect(schedule.remaining == 3)
  }

  @Test func `a turn waits for the one before and its client's pause`() {
    var schedule = LoadSchedule(
      [request(0, at: 0), request(1, after: [0], think: 5), request(2, after: [0, 1])],
      concurrency: nil)
    #expect(schedule.releases(until: 100, now: 0).map(\.number) == [0])
    schedule.end(0, at: 40)
    #expect(schedule.nextTime == 45)
    #expect(schedule.releases(until: 100, now: 41) == [Release(number: 1, time: 45)])
    schedule.end(1, at: 60)
    #expect(schedule.releases(until: 100, now: 60) == [Release(number: 2, time: 60)])
    schedule.end(2, at: 70)
    #expect(schedule.remaining == 0)
  }

  @Test func `a closed loop has as many under way as it has clients`() {
    var schedule = LoadSchedule((0..<4).map { request($0, at: Int64($0) * 1000) }, concurrency: 2)
    #expect(schedule.releases(until: 10, now: 0).map(\.number) == [0, 1])
    #expect(schedule.nextTime == nil)
    schedule.end(1, at: 7)
    #expect(schedule.releases(until: 107, now: 7) == [Release(number: 2, time: 7)])
    schedule.end(0, at: 9)
    schedule.end(2, at: 11)
    #expect(schedule.releases(until: 111, now: 12) == [Release(number: 3, time: 12)])
  }

  @Test func `what was recorded before is neither sent nor waited for`() {
    var schedule = LoadSchedule(
      [request(0, at: 0), request(1, after: [0]), request(2, at: 5)], concurrency: nil,
      leavingOut: [0])
    #expect(schedule.remaining == 2)
    #expect(schedule.releases(until: 10, now: 0).map(\.number).sorted() == [1, 2])
  }

  @Test func `after a stop nothing is sent`() {
    var schedule = LoadSchedule([request(0, at: 0), request(1, at: 5)], concurrency: nil)
    _ = schedule.releases(until: 1, now: 0)
    schedule.stop()
    #expect(schedule.releases(until: 10, now: 5).isEmpty)
    #expect(schedule.nextTime == nil)
  }
}
