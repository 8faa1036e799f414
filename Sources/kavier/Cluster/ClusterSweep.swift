import Explore
import Glibc
import Scenarios
import TextAndBytes

/// Writes what a cluster runs a sweep by, and hands it over.
struct ClusterSweep {
  let kind: ClusterOptions.Kind
  let options: ClusterOptions
  let parts: SweepParts
  let runs: Int

  init(
    _ kind: ClusterOptions.Kind, _ options: ClusterOptions, _ sweep: Sweep, file: String,
    overrides: [String], store: String, jobs: Int?
  ) throws {
    self.kind = kind
    self.options = options
    runs = sweep.points.count * sweep.seeds.count
    let folder = options.folder ?? SweepStores.place(of: file, ending: kind.rawValue)
    let here = Folder.working
    parts = SweepParts(
      program: try ProgramPath.own, sweep: Folder.absolute(file),
      store: Folder.absolute(store),
      folder: Folder.absolute(folder), workingDirectory: here, overrides: overrides,
      name: sweep.name, count: min(options.shards ?? SweepParts.count(runs: runs), max(1, runs)),
      jobs: jobs ?? 1)
    for path in [parts.sweep, parts.store, parts.folder, here]
    where path.contains(where: \.isNewline) {
      throw ClusterProblem("\(path.debugDescription): a path with a line break; choose another one")
    }
  }

  func start() throws {
    if !options.dryRun { try checkPrograms() }
    switch kind {
    case .slurm: try startSlurm()
    case .ray: try startRay()
    }
  }

  private func checkPrograms() throws {
    let needed: [(name: String, advice: String)] =
      switch kind {
      case .slurm: [("sbatch", "it comes with Slurm")]
      case .ray where Self.rayAddress != nil:
        [("ray", "pip install 'ray[default]', and activate its environment")]
      case .ray: [("python3", "it runs the driver")]
      }
    for (name, advice) in needed where !OtherProgram.isThere(name) {
      throw ClusterProblem("no \(name) on PATH: \(advice); --dry-run writes the files alone")
    }
    if kind == .ray, Self.rayAddress == nil,
      try OtherProgram("python3", "-c", "import ray").run() != 0
    {
      throw ClusterProblem(
        "python3 has no package ray: pip install ray, or activate its environment; "
          + "--dry-run writes the files alone")
    }
  }

  // MARK: Slurm

  private func startSlurm() throws {
    let scripts = SlurmScripts(
      parts, options: options.slurmOptions ?? "",
      atOnce: min(options.atOnce ?? parts.count, parts.count))
    let array = try write(SlurmScripts.arrayName, scripts.array)
    let merge = try write(SlurmScripts.mergeName, scripts.merge)
    guard !options.dryRun else {
      return try say(
        """
        \(intention)
        To submit them:
          sbatch \(Quoted.shell(array))
          sbatch --dependency=afterany:JOB \(Quoted.shell(merge))
        """)
    }
    let first = try submit(OtherProgram("sbatch", "--parsable", array))
    let second: String
    do {
      second = try submit(
        OtherProgram("sbatch", "--parsable", "--dependency=afterany:\(first)", merge))
    } catch {
      StandardStream.problem("job \(first) is submitted; scancel \(first) takes it back")
      throw error
    }
    try say(
      """
      \(intention)
      Job \(first) runs them; job \(second) then merges them into \(parts.store).
      To follow:  squeue --jobs \(first),\(second)
                  tail \(Quoted.shell(parts.folder))/part-1.log
      Afterwards: \(showing)
      """)
  }

  private func submit(_ program: OtherProgram) throws -> String {
    let (code, output) = try program.output()
    // JOB, or JOB;CLUSTER.
    let id = output.prefix { $0.isASCII && $0.isNumber }
    guard code == 0, !id.isEmpty else {
      throw ClusterProblem("sbatch did not take \(parts.folder): it ended with \(code)")
    }
    return String(id)
  }

  // MARK: Ray

  private func startRay() throws {
    let driver = try write(RayDriver.name, RayDriver(parts).text)
    let program: OtherProgram =
      Self.rayAddress == nil
      ? OtherProgram("python3", driver)
      : OtherProgram("ray", "job", "submit", "--", "python3", driver)
    try say(
      """
      \(intention)
      \(options.dryRun ? "To run them:" : "Running:")    \(program.text)
      Afterwards: \(showing)
      """)
    guard !options.dryRun else { return }
    let code = try program.run()
    guard code == 0 else { throw ClusterProblem("\(program.text) ended with \(code)") }
  }

  private static var rayAddress: String? {
    getenv("RAY_ADDRESS").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: what is said

  private var intention: String {
    "\(runs) runs in \(parts.count) \(parts.count == 1 ? "part" : "parts"): \(parts.folder)"
  }

  private var showing: String {
    let overrides = parts.overrides.flatMap { ["--set", $0] }
    return (["kavier", "sweep", parts.sweep] + overrides + ["--store", parts.store, "--stored"])
      .map(Quoted.shell).joined(separator: " ")
  }

  private func write(_ name: String, _ text: String) throws -> String {
    let path = "\(parts.folder)/\(name)"
    try OutputPath(path).write(text)
    return path
  }

  private func say(_ text: String) throws {
    try StandardStream.out.write(text + "\n")
  }
}

/// Why a sweep does not come to a cluster.
struct ClusterProblem: UserError, Hashable {
  var description: String
  var exitCode: Int32 { Failure.unavailable }

  init(_ description: String) { self.description = description }
}
