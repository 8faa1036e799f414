/// The program by which Ray runs a sweep, for people to read and to change.
package struct RayDriver: Sendable {
  package let parts: SweepParts

  package init(_ parts: SweepParts) { self.parts = parts }

  package static let name = "driver.py"

  package var text: String {
    let command = parts.command.map(Quoted.python).joined(separator: ", ")
    return """
      \"\"\"Runs a sweep in parts on Ray, then merges them. Run again, it goes on where it was.

      Every node has to see the same files. Needs the Python package ray.
      \"\"\"

      import ctypes
      import glob
      import os
      import signal
      import subprocess
      import sys

      import ray

      COMMAND = [\(command)]
      STORE = \(Quoted.python(parts.store))
      FOLDER = \(Quoted.python(parts.folder))
      WORKING_DIRECTORY = \(Quoted.python(parts.workingDirectory))
      PARTS = \(parts.count)
      JOBS = \(parts.jobs)
      RETRIES = 3


      def end_with_parent():
          \"\"\"A worker that is killed takes the program along: the next one needs its store.\"\"\"
          ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


      def run(options, log):
          with open(os.path.join(FOLDER, log), "ab") as out:
              command = [*COMMAND, "--jobs", str(JOBS), *options]
              done = subprocess.run(
                  command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                  cwd=WORKING_DIRECTORY, preexec_fn=end_with_parent,
              )
          return done.returncode


      @ray.remote(num_cpus=JOBS, max_retries=RETRIES, retry_exceptions=[ChildProcessError])
      def part(number):
          store = os.path.join(FOLDER, f"part-{number}.sqlite")
          known = [f"--merge={STORE}"] if os.path.exists(STORE) else []
          code = run(
              ["--shard", f"{number}/{PARTS}", "--store", store, *known], f"part-{number}.log"
          )
          if code != 0:
              raise ChildProcessError(f"part {number} ended with {code}; see part-{number}.log")
          return number


      def main():
          ray.init(log_to_driver=False)
          left = [part.remote(number) for number in range(1, PARTS + 1)]
          done = 0
          while left:
              (ended, *_), left = ray.wait(left, num_returns=1)
              try:
                  ray.get(ended)
                  done += 1
                  print(f"{done} of {PARTS} parts done", flush=True)
              except (ray.exceptions.RayError, ChildProcessError) as problem:
                  print(f"given up: {str(problem).strip().splitlines()[-1]}", file=sys.stderr)
          # What a part lacks is run now.
          stores = sorted(glob.glob(os.path.join(glob.escape(FOLDER), "part-*.sqlite")))
          code = run(["--store", STORE, *(f"--merge={store}" for store in stores)], "merge.log")
          print(f"all in {STORE}" if code == 0 else f"merging ended with {code}; see merge.log")
          sys.exit(code if code >= 0 else 70)


      if __name__ == "__main__":
          main()

      """
  }
}
