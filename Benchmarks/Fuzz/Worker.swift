import Glibc

/// Tries one input after the other, and says beforehand which.
struct Worker {
  private let options: Options
  private let schedule: [Target]

  /// Processor seconds that an input may take.
  static let mostSeconds = 10
  /// Bytes that an input may take beside the program.
  static let mostBytes = 1 << 30

  init(_ options: Options, _ targets: [Target]) {
    self.options = options
    schedule = Input.schedule(targets)
  }

  func run() async {
    guard let place = SharedPlace(path: options.place) else { exit(66) }
    for target in Set(schedule.map(\.name)) {
      guard let target = schedule.first(where: { $0.name == target }) else { continue }
      for (number, seed) in target.seeds.enumerated() {
        Files.write(seed, to: folder(target, number))
      }
    }
    Self.limitMemory()
    var number = options.first
    while true {
      place.current = number
      let input = Input(number, seed: options.seed, schedule: schedule)
      if await attempt(input) { place.sound += 1 }
      place.tried += 1
      number += options.stride
    }
  }

  private func folder(_ target: Target, _ seed: Int) -> String {
    "\(options.scratch)/\(target.name)-\(seed)"
  }

  private func attempt(_ input: Input) async -> Bool {
    let folder = folder(input.target, input.seedNumber)
    for file in input.changed { Files.write(file.bytes, to: "\(folder)/\(file.name)") }
    Self.limitTime()
    let isSound = (try? await input.target.run(folder)) ?? false
    let names = Set(input.changed.map(\.name))
    for file in input.seed.files where names.contains(file.name) {
      Files.write(file.bytes, to: "\(folder)/\(file.name)")
    }
    return isSound
  }

  /// Does to the folder at `path` what was done when its input failed.
  static func show(_ path: String, _ targets: [Target]) async {
    for target in targets {
      do {
        print(target.name, try await target.run(path) ? "taken" : "refused")
      } catch {
        print(target.name, "refused:", error)
      }
    }
  }

  private static func limitTime() {
    var timer = itimerval()
    timer.it_value.tv_sec = mostSeconds
    setitimer(Int32(ITIMER_PROF.rawValue), &timer, nil)
  }

  private static func limitMemory() {
    let limit = rlim_t(Files.virtualMemory() + mostBytes)
    var memory = rlimit(rlim_cur: limit, rlim_max: limit)
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(Int32(RLIMIT_AS.rawValue), &memory)
    setrlimit(Int32(RLIMIT_CORE.rawValue), &core)
  }
}
