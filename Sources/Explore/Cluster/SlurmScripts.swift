/// The scripts by which Slurm runs a sweep, for people to read and to change.
package struct SlurmScripts: Sendable {
  package let parts: SweepParts
  /// Options of sbatch that both scripts have, as they were stated.
  package let options: String
  /// The most parts that run at once.
  package let atOnce: Int

  package init(_ parts: SweepParts, options: String, atOnce: Int) {
    self.parts = parts
    self.options = options
    self.atOnce = atOnce
  }

  package static let arrayName = "parts.sbatch"
  package static let mergeName = "merge.sbatch"

  package var array: String {
    let folder = Quoted.shell(parts.folder)
    return """
      #!/bin/bash
      # A part of the sweep \(comment(parts.sweep)) a task, each into a store of its own.
      # A task that is run again goes on where it was.
      #SBATCH --array=1-\(parts.count)%\(atOnce)
      #SBATCH --requeue
      \(directives(name: parts.label, log: "part-%a.log"))
      set -euo pipefail
      known=()
      if [[ -e \(Quoted.shell(parts.store)) ]]; then known=(--merge=\(Quoted.shell(parts.store))); fi
      exec \(command) \\
        --shard "$SLURM_ARRAY_TASK_ID/\(parts.count)" \\
        --store \(folder)/"part-$SLURM_ARRAY_TASK_ID.sqlite" \\
        --jobs "${SLURM_CPUS_PER_TASK:-1}" "${known[@]}"

      """
  }

  package var merge: String {
    """
    #!/bin/bash
    # Brings the parts together, and runs what they lack.
    \(directives(name: parts.label + "-merge", log: "merge.log"))
    set -euo pipefail
    shopt -s nullglob
    stores=(\(Quoted.shell(parts.folder))/part-*.sqlite)
    exec \(command) \\
      --store \(Quoted.shell(parts.store)) \\
      --jobs "${SLURM_CPUS_PER_TASK:-1}" "${stores[@]/#/--merge=}"

    """
  }

  private var command: String {
    parts.command.map(Quoted.shell).joined(separator: " ")
  }

  private func directives(name: String, log: String) -> String {
    // A percent sign stands for a number of Slurm's.
    let folder = parts.folder.map { $0 == "%" ? "%%" : "\($0)" }.joined()
    let lines = [
      "--job-name=\(name)", "--cpus-per-task=\(parts.jobs)",
      "--chdir=\(Quoted.sbatch(parts.workingDirectory))",
      "--output=\(Quoted.sbatch("\(folder)/\(log)"))", "--open-mode=append",
    ]
    return (lines + (options.isEmpty ? [] : [options])).map { "#SBATCH \($0)" }
      .joined(separator: "\n")
  }

  private func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
