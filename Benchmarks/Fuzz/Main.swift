import Glibc

/// Feeds every reader with broken input: `kavier-fuzz [--seed N] [--seconds S | --count N] ...`.
///
/// A supervisor starts workers, which are this program again. An input that stops its worker, by a
/// trap, 10 s of processor time or 1 GiB of memory, is kept in a folder with the command that shows
/// it again. The same seed gives the same inputs.
@main
struct Main {
  static func main() async {
    guard let options = Options(CommandLine.arguments.dropFirst()) else {
      print(Options.usage)
      exit(64)
    }
    guard access(Seeds.folder, R_OK) == 0 else {
      print("no \(Seeds.folder) here: run it from the root of the repository")
      exit(66)
    }
    let targets = Target.all.filter { options.picks($0.name) }
    guard !targets.isEmpty else {
      print("no reader of that name; there are: \(Target.all.map(\.name).joined(separator: ", "))")
      exit(64)
    }
    if options.isWorker {
      await Worker(options, targets).run()
    } else if let show = options.show {
      await Worker.show(show, targets)
    } else {
      var supervisor = Supervisor(options, targets)
      exit(supervisor.run() ? 0 : 1)
    }
  }
}
