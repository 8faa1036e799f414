import SimKernel

/// When a client's sessions or requests arrive: gaps of one law, under a rate that changes.
struct ArrivalTimes {
  private let profile: TraceProfile
  private let client: TraceProfile.Client
  private let share: Double
  private var stream: RandomStream
  private let meanHour: Double
  private let meanWindow: Double
  /// Seconds from the trace's start, which is a Monday's midnight.
  private var now = 0.0
  private var burstEnds = 0.0
  private var isBursting = false

  init(_ profile: TraceProfile, client: Int, seed: UInt64) {
    self.profile = profile
    self.client = profile.clients[client]
    let total = profile.clients.reduce(0) { $0 + $1.share }
    share = profile.clients[client].share / total
    stream = RandomStream(seed: seed, .arrivals, index: UInt64(client))
    meanHour = profile.hours.isEmpty ? 1 : profile.hours.reduce(0, +) / 24
    meanWindow =
      profile.windows.isEmpty ? 1 : profile.windows.reduce(0, +) / Double(profile.windows.count)
  }

  /// The next arrival, in seconds.
  mutating func next() -> Double {
    let variation = client.gapVariation
    // In units of the mean gap: a gap of 1 takes 1 / rate seconds.
    var gap = stream.gamma(
      shape: 1 / (variation * variation), scale: variation * variation)
    while true {
      let (rate, until) = piece()
      let length = until - now
      if rate * length >= gap {
        now += gap / rate
        return now
      }
      gap -= rate * length
      now = until
      // A rate that stays next to nothing must not take forever.
      if now > 1e10 { return now }
    }
  }

  /// The rate now, and until when it is so.
  private mutating func piece() -> (rate: Double, until: Double) {
    var rate = profile.rate * share
    var until = now + 1e6
    if !profile.hours.isEmpty {
      let hour = Int(now / 3600)
      rate *= profile.hours[hour % 24] / meanHour
      until = min(until, Double(hour + 1) * 3600)
    }
    if profile.weekdayToWeekend != 1 {
      let day = Int(now / 86_400)
      let ratio = profile.weekdayToWeekend
      rate *= (day % 7 < 5 ? ratio : 1) * 7 / (5 * ratio + 2)
      until = min(until, Double(day + 1) * 86_400)
    }
    if !profile.windows.isEmpty {
      let window = Int(now / profile.windowSeconds)
      rate *= profile.windows[window % profile.windows.count] / meanWindow
      until = min(until, Double(window + 1) * profile.windowSeconds)
    }
    if let burst = client.burst {
      if now >= burstEnds {
        isBursting.toggle()
        burstEnds = now + stream.exponential(mean: isBursting ? burst.on : burst.off)
      }
      rate *= isBursting ? (burst.on + burst.off) / burst.on : 0
      until = min(until, burstEnds)
    }
    return (rate, max(until, now.nextUp))
  }
}
