/// What a random stream is for. One stream a purpose and entity, so that a change in one place
/// (another router, a longer output) leaves every other draw as it was.
package enum RandomPurpose: UInt64, Sendable {
  case arrivals = 1
  case promptLengths
  case outputLengths
  case turns
  case thinkTimes
  case groups
  case routing
  case tests
  case deadlines
  case faults
  /// What answers of a certain form hold.
  case answers
  /// When replicas fail and how long repairs take.
  case failures
  /// By how much clients vary their backoff.
  case retries
  /// Where requests come from, and which models they ask for, where a scenario says so.
  case regions
  case models
}

/// xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64 from (seed, purpose, index).
package struct RandomStream: RandomNumberGenerator, Sendable {
  private var s0: UInt64, s1: UInt64, s2: UInt64, s3: UInt64

  package init(seed: UInt64, _ purpose: RandomPurpose, index: UInt64 = 0) {
    var mixer = SplitMix64(state: seed)
    mixer.state = mixer.next() ^ (purpose.rawValue &* 0x9e37_79b9_7f4a_7c15)
    mixer.state = mixer.next() ^ index
    s0 = mixer.next()
    s1 = mixer.next()
    s2 = mixer.next()
    s3 = mixer.next()
  }

  package mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// Uniform in [0, 1), with 53 random bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in 0..<bound, without bias (Lemire, 2019).
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "an integer below zero or less was asked for")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): mixes seeds and hashes.
package struct SplitMix64: Sendable {
  package var state: UInt64

  @inlinable @inline(__always)
  package init(state: UInt64) { self.state = state }

  @inlinable @inline(__always)
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
