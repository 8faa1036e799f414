import Foundation
import ServingTestSupport
import Testing

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct ExportOpenDCTests {
  private let folder: Scratch

  init() throws { folder = try Scratch() }

  private func simulate(_ settings: String...) throws {
    let sets = (["workload.synthetic.requests=50"] + settings).flatMap { ["--set", $0] }
    let result = try Program.run(["simulate", "--out", "run"] + sets, in: folder.path)
    #expect(result.code == 0, "\(result.problems)")
  }

  @Test func `a run becomes a workload, whole or not at all`() throws {
    try simulate()
    let result = try Program.run(
      ["export", "opendc", "run", "--out", "x/y", "--set", "impact.grid=268 g/kWh"], in: folder.path
    )
    #expect(result.code == 0, "\(result.problems)")
    #expect(result.out.contains("Tasks       4, one an accelerator"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/x/y").sorted()
    #expect(
      names == [
        "carbon.parquet", "experiment.json", "fragments.parquet", "tasks.parquet", "topology.json",
      ])
  }

  @Test func `an export of a fleet of other kinds does not stay beside a new one`() throws {
    try simulate(
      "fleet=[{name: a, model: llama-3.1-8b, accelerator: h100-sxm}, "
        + "{name: b, model: llama-3.1-8b, accelerator: a100-sxm-80}]")
    let kinds = try Program.run(
      ["export", "opendc", "run", "--out", "x", "--set", "impact.grid=DEU"], in: folder.path)
    #expect(kinds.code == 0, "\(kinds.problems)")
    let files = FileManager.default
    let names = try ["h100-sxm", "a100-sxm-80"].map { kind in
      let data = try Data(contentsOf: URL(filePath: "\(folder.path)/x/\(kind)/experiment.json"))
      return (try JSONSerialization.jsonObject(with: data) as? [String: Any])?["name"] as? String
    }
    #expect(names == ["first run-h100-sxm", "first run-a100-sxm-80"])
    try simulate()
    let one = try Program.run(["export", "opendc", "run", "--out", "x"], in: folder.path)
    #expect(one.code == 0, "\(one.problems)")
    #expect(
      try files.contentsOfDirectory(atPath: folder.path + "/x").sorted()
        == ["experiment.json", "fragments.parquet", "tasks.parquet", "topology.json"])
  }

  @Test func `what is wrong is told with the exit code for it`() throws {
    try simulate()
    let grid = try Program.run(
      ["export", "opendc", "run", "--out", "x", "--set", "impact.grid=XYZ"], in: folder.path)
    #expect(grid.code == 65 && grid.problems.contains("no country \"XYZ\""))
    let absent = try Program.run(["export", "opendc", "none", "--out", "x"], in: folder.path)
    #expect(absent.code == 66)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/x"), "nothing was made")
    let missing = try Program.run(
      ["import", "opendc", "a", "b", "--run", "run"], in: folder.path)
    #expect(missing.code == 66 && missing.problems == "a: no such file\nb: no such file\n")
    let file = try Program.run(
      ["import", "opendc", "run/requests.csv", "--run", "run"], in: folder.path)
    #expect(file.code == 65 && file.problems.contains("run/requests.csv: is no Parquet file"))
  }

  /// A stand-in for OpenDC: the linear model, hour by hour, in OpenDC's columns.
  @Test(.enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
  func `energy that another program works out from the files compares with ours`() throws {
    try simulate()
    _ = try Program.run(["export", "opendc", "run", "--out", "x"], in: folder.path)
    try Python.run(
      """
      import pyarrow as pa, pyarrow.parquet as p, json, sys
      host = json.load(open(sys.argv[1] + "/x/topology.json"))["clusters"][0]["hosts"][0]
      low, high = (float(host["gpuPowerModel"][k].split()[0]) for k in ("idlePower", "maxPower"))
      rows = p.read_table(sys.argv[1] + "/x/fragments.parquet").to_pylist()
      joules = [r["duration"] / 1000 * (low + (high - low) * r["gpu_usage"] / 1000) for r in rows]
      p.write_table(pa.table({
        "timestamp": pa.array(range(1, len(rows) + 1), pa.int64()),
        "source_name": ["PowerSource"] * len(rows),
        "energy_usage": pa.array(joules, pa.float32()),
        "carbon_emission": pa.array([0.5] * len(rows), pa.float32()),
      }), sys.argv[1] + "/powerSource.parquet", compression="zstd")
      """, [folder.path])
    let result = try Program.run(
      ["import", "opendc", "powerSource.parquet", "--run", "run"], in: folder.path)
    #expect(result.code == 0, "\(result.problems)")
    let line = try #require(result.out.split(separator: "\n").first { $0.hasPrefix("Difference") })
    let share = try #require(Double(line.split(separator: " ")[1]))
    #expect(abs(share) < 0.1, "\(result.out)")
    #expect(result.out.contains("g by OpenDC"))
  }
}
