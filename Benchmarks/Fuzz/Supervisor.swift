import Glibc

/// Keeps workers at work, and what stops one of them.
struct Supervisor {
  private let options: Options
  private let schedule: [Target]
  private let scratch: String
  private var failures: [Failure] = []
  private let program = CommandLine.arguments[0]

  /// An input that stopped its worker.
  private struct Failure {
    var number: Int
    var input: Input
    var reason: String
  }

  init(_ options: Options, _ targets: [Target]) {
    self.options = options
    schedule = Input.schedule(targets)
    scratch = Files.scratch()
  }

  /// True: no input stopped a worker.
  mutating func run() -> Bool {
    defer { Files.remove(folder: scratch) }
    var workers = (0..<options.workers).compactMap { start(worker: $0, at: $0) }
    let seconds = options.seconds.map { Double($0) } ?? (options.count == nil ? 120 : .infinity)
    let end = Self.now() + seconds
    while Self.now() < end, !hasTried(workers) {
      usleep(50_000)
      for place in workers.indices { look(after: &workers[place]) }
    }
    for worker in workers {
      kill(worker.process, SIGKILL)
      waitpid(worker.process, nil, 0)
    }
    return conclude(workers)
  }

  private func hasTried(_ workers: [RunningWorker]) -> Bool {
    options.count.map { count in workers.reduce(0) { $0 + $1.place.tried } >= count } ?? false
  }

  private mutating func look(after worker: inout RunningWorker) {
    var status: Int32 = 0
    guard waitpid(worker.process, &status, WNOHANG) == worker.process else { return }
    let number = worker.place.current
    keep(number, reason: reason(status, worker))
    worker.place.tried += 1
    if let next = start(worker: worker.number, at: number + options.workers) { worker = next }
  }

  private func start(worker number: Int, at first: Int) -> RunningWorker? {
    let folder = "\(scratch)/\(number)"
    Files.makeFolder(folder)
    var arguments = [
      program, "--worker", "--seed", "\(options.seed)", "--first", "\(first)", "--stride",
      "\(options.workers)", "--scratch", folder, "--place", "\(folder)/place",
    ]
    for name in options.only { arguments += ["--only", name] }
    guard let place = SharedPlace(path: "\(folder)/place"),
      let process = Process.start(arguments, errors: "\(folder)/errors")
    else {
      print("cannot start a worker")
      return nil
    }
    return RunningWorker(number: number, process: process, place: place, folder: folder)
  }

  /// What a worker that ended said, or what ended it.
  private func reason(_ status: Int32, _ worker: RunningWorker) -> String {
    let signal = status & 0x7f
    if signal == SIGPROF { return "more than \(Worker.mostSeconds) s of processor time" }
    let words = Files.text("\(worker.folder)/errors")?.split(separator: "\n").last.map(String.init)
    return words ?? (signal == 0 ? "exit \(status >> 8)" : "signal \(signal)")
  }

  /// Puts the input and the command that shows it into a folder of its own.
  private mutating func keep(_ number: Int, reason: String) {
    let input = Input(number, seed: options.seed, schedule: schedule)
    let name = "\(input.target.name)-\(options.seed)-\(number)"
    let folder = "\(options.folder)/\(name)"
    Files.makeFolder(options.folder)
    Files.write(input.seed, to: folder)
    for file in input.changed { Files.write(file.bytes, to: "\(folder)/\(file.name)") }
    let command = input.target.command.replacing("DIR", with: folder)
    let show = "\(program) --show \(folder) --only \(input.target.name)"
    Files.write(Array("\(reason)\n\(show)\n\(command)\n".utf8), to: "\(folder)/failure.txt")
    failures.append(Failure(number: number, input: input, reason: reason))
    print("\(folder): \(reason)\n  \(show)\n  \(command)")
  }

  private func conclude(_ workers: [RunningWorker]) -> Bool {
    let tried = workers.reduce(0) { $0 + $1.place.tried }
    let sound = workers.reduce(0) { $0 + $1.place.sound }
    print(
      "\(tried) inputs of seed \(options.seed) to \(Set(schedule.map(\.name)).count) readers: "
        + "\(sound) taken, \(tried - sound - failures.count) refused, \(failures.count) failed")
    return failures.isEmpty && !workers.isEmpty
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// A worker's process.
private struct RunningWorker {
  var number: Int
  var process: pid_t
  var place: SharedPlace
  var folder: String
}

/// Starting programs.
private enum Process {
  /// nil: it cannot be started. What it says goes to the file `errors`.
  static func start(_ arguments: [String], errors: String) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    // A trap must not cost seconds of backtrace, nor threads address space.
    let settings = ["SWIFT_BACKTRACE=enable=no", "MALLOC_ARENA_MAX=2"]
    let environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
    defer { for word in words + environment { free(word) } }
    var process = pid_t()
    let code = posix_spawn(&process, arguments[0], &actions, nil, words, environment)
    return code == 0 ? process : nil
  }
}
