import Impact
import ServingModel
import SimKernel

/// What one accelerator of a replica does, as stretches of whole milliseconds in each of which it
/// draws the same, and its share of the host as well.
struct LoadFragments {
  struct Fragment: Hashable {
    var milliseconds: Int64
    /// How far the accelerator's draw is from the least (0) to the most (1) of its linear model.
    var gpuLoad: Double
    /// The same of all that the bill counts beside it.
    var cpuLoad: Double
    /// Whether steps run.
    var isBusy: Bool
  }

  private(set) var fragments: [Fragment] = []
  /// Exact seconds in each state until now, from which rounded ones are differences, so that
  /// nothing adds up.
  private var elapsed = [Double](repeating: 0, count: DrawProfile.State.allCases.count)
  /// Milliseconds that rounding gave to other states and that idle time has to give back.
  private var debt: Int64 = 0
  private let accelerators: Double
  private let power: OpenDCPower

  init(_ profile: DrawProfile, accelerators: Int, power: OpenDCPower) {
    self.accelerators = Double(accelerators)
    self.power = power
    for window in profile.windows { append(window) }
    settle()
  }

  /// A run without idle time has nothing else to give back what rounding took.
  private mutating func settle() {
    guard debt != 0,
      let longest = fragments.indices.max(by: {
        fragments[$0].milliseconds < fragments[$1].milliseconds
      })
    else { return }
    fragments[longest].milliseconds = max(1, fragments[longest].milliseconds - debt)
  }

  private mutating func append(_ window: [DrawProfile.Stretch]) {
    let before = Self.milliseconds(elapsed.reduce(0, +))
    let lengths = window.map { stretch in
      let start = Self.milliseconds(elapsed[stretch.state.rawValue])
      elapsed[stretch.state.rawValue] += stretch.seconds
      return Self.milliseconds(elapsed[stretch.state.rawValue]) - start
    }
    // What time there is less what the stretches take of it, after rounding.
    let left = Self.milliseconds(elapsed.reduce(0, +)) - before - lengths.reduce(0, +)
    debt -= left
    for (stretch, length) in zip(window, lengths) {
      append(stretch, milliseconds: length)
    }
  }

  private mutating func append(_ stretch: DrawProfile.Stretch, milliseconds: Int64) {
    var milliseconds = milliseconds
    if [.idle, .off, .absent].contains(stretch.state) {
      let given = min(debt, milliseconds)
      milliseconds -= given
      debt -= given
    }
    guard milliseconds > 0 else { return }
    let seconds = stretch.seconds * accelerators
    let fragment = Fragment(
      milliseconds: milliseconds,
      gpuLoad: power.gpu.load(Watts(stretch.accelerators.value / seconds)),
      cpuLoad: power.cpu.load(Watts(stretch.rest.value / seconds)),
      isBusy: stretch.state == .prefill || stretch.state == .decode)
    if let last = fragments.last, last.isAlike(fragment) {
      fragments[fragments.count - 1].milliseconds += fragment.milliseconds
    } else {
      fragments.append(fragment)
    }
  }

  private static func milliseconds(_ seconds: Double) -> Int64 {
    Int64((seconds * 1000).rounded())
  }
}

extension LoadFragments.Fragment {
  fileprivate func isAlike(_ other: Self) -> Bool {
    gpuLoad == other.gpuLoad && cpuLoad == other.cpuLoad && isBusy == other.isBusy
  }
}
