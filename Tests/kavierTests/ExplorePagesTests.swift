import Foundation
import ServingTestSupport
import Testing

/// The pages of `kavier sweep` and `kavier recommend` as a browser shows them.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"),
  .enabled(if: Browser.path != nil, "no Chromium here: apt-get install chromium"), .serialized)
struct ExplorePagesTests {
  private static let example = "\(SharedData.repository)/Examples/26-sweep.yaml"
  private static let few = ["--set", "workload.synthetic.requests=100"]
  private static let question = [
    "recommend", "--model", "llama-3.1-8b", "--rate", "20/s", "--ttft-p95", "900ms",
    "--tpot-p95", "50ms", "--accelerators", "h100,l40s", "--tensor-parallel", "1,2", "--grid",
    "DEU", "--requests", "600",
  ]

  let scratch: Scratch
  let sweep: String
  let answer: String

  init() throws {
    scratch = try Scratch()
    let runs = [
      ["sweep", Self.example, "--page", "sweep.html", "--axes", "layout,accelerator"] + Self.few,
      Self.question + ["--page", "answer.html"],
    ]
    for arguments in runs {
      let result = try Program.run(arguments, in: scratch.path)
      try #require(result.code == 0, "\(result.problems)")
    }
    let path = scratch.path
    (sweep, answer) = try (
      String(contentsOfFile: path + "/sweep.html", encoding: .utf8),
      String(contentsOfFile: path + "/answer.html", encoding: .utf8)
    )
  }

  private func told(_ script: String, in page: String) throws -> String {
    try Browser.run(script, in: page, width: 1200, scheme: .light, folder: scratch)
  }

  /// The page as it is without scripts of its own.
  private static func bare(_ page: String) -> String {
    page.replacingOccurrences(of: "<script>\"use strict\";", with: "<script>throw 0;")
  }

  @Test(arguments: [1440, 500, 400], Browser.Scheme.allCases)
  func `no word is cut off or lies on another`(width: Int, scheme: Browser.Scheme) throws {
    for page in [sweep, answer] {
      let found = try Browser.run(
        PageAudit.layout, in: page, width: width, scheme: scheme, folder: scratch)
      #expect(found == "fine")
    }
  }

  @Test(
    .enabled(if: Browser.axe != nil, "no axe-core here: KAVIER_AXE names no file of it"),
    arguments: Browser.Scheme.allCases)
  func `axe-core finds nothing that keeps anybody out`(scheme: Browser.Scheme) throws {
    for page in [sweep, answer, Self.bare(sweep), Self.bare(answer)] {
      let found = try Browser.run(
        PageAudit.axe(), in: page, width: 1440, scheme: scheme, folder: scratch)
      #expect(found == "fine")
    }
  }

  @Test func `pages need nothing else`() {
    for page in [sweep, answer] {
      for word in ["http://", "https://", "src=", "@import", "fetch("] {
        #expect(!page.contains(word), "\(word)")
      }
    }
  }

  private static let cells = """
    document.title = [...document.querySelector("main table").querySelectorAll("caption,th,td")]
      .map(e => e.className + " " + e.textContent.trim().replace(/\\s+/g, " ")).join("|");
    """

  @Test func `the script draws what the page says without it`() throws {
    for page in [sweep, answer] {
      let bare = try told(Self.cells, in: Self.bare(page))
      #expect(bare.contains("|"))
      #expect(try told(Self.cells, in: page) == bare)
      // The controls are there for scripts alone.
      let shown = "document.title = String(document.querySelector('.controls').hidden);"
      #expect(try told(shown, in: page) == "false")
      #expect(try told(shown, in: Self.bare(page)) == "true")
    }
  }

  /// Chooses values of selects, by the words of their labels, and then tells the first table.
  private static func choosing(_ choices: [(String, String)]) -> String {
    let steps = choices.map { label, option in
      """
      {
        const label = [...document.querySelectorAll(".controls label")]
          .find(e => e.textContent.trim().startsWith("\(label)"));
        const select = label.querySelector("select");
        select.value = [...select.options].find(o => o.textContent.startsWith("\(option)")).value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
      """
    }
    return steps.joined(separator: "\n") + "\n" + cells
  }

  @Test func `a heat map of what is chosen has the figures of the store`() throws {
    let found = try told(
      Self.choosing([
        ("Figure", "TTFT p95"), ("Columns", "rate"), ("Rows", "layout"), ("accelerator", "h200"),
      ]), in: sweep)
    #expect(found.contains("TTFT p95 (ms) by rate (/s) and layout; accelerator h200-sxm|"))
    let query = try Program.run(
      [
        "sweep", Self.example, "--stored", "--store", "26-sweep.sqlite", "--format", "csv",
        "--query",
        "SELECT 1000 * ttft_p95_s FROM results WHERE accelerator = 'h200-sxm' ORDER BY layout = '8 x 1' DESC, layout = '4 x 2' DESC, rate",
      ] + Self.few, in: scratch.path)
    let values = query.out.split(separator: "\n").dropFirst().compactMap { Double($0) }
    let cells = found.split(separator: "|").filter {
      $0.hasPrefix("h") && $0.dropFirst().first?.isNumber == true
    }
    let shown = cells.compactMap { cell in
      cell.split(separator: " ").dropFirst().first.flatMap { Double($0) }
    }
    #expect(values.count > 4 && shown.count == values.count)
    for (value, cell) in zip(values, shown) { #expect(abs(value - cell) <= 1e-3 * value) }
    // An axis does not stand on both sides.
    let swapped = try told(Self.choosing([("Columns", "accelerator")]), in: sweep)
    #expect(swapped.contains("by accelerator and layout;"))
  }

  /// States a price, the grid's intensity or a load, and then tells the answer and the plans.
  private static func stating(_ label: String, _ value: String) -> String {
    """
    const box = document.querySelector(".rank");
    const label = [...box.querySelectorAll("label")].find(e => e.textContent.includes("\(label)"));
    const control = label.querySelector("input,select");
    control.value = "\(value)";
    control.dispatchEvent(new Event("input", { bubbles: true }));
    const rows = [...box.querySelectorAll("tbody tr")].map(e => e.cells[0].textContent
      + " " + e.cells[2].textContent + " " + e.cells[3].textContent);
    const told = box.querySelector(".lead").textContent + "|" + rows.join("|");
    box.querySelector("button").click();
    document.title = told + "|" + box.querySelector(".lead").textContent;
    """
  }

  @Test func `other prices rank plans as the command does`() throws {
    let asked = try told(Self.stating("h100-sxm", "0.01"), in: answer)
    let cheap = try Program.run(Self.question + ["--price", "h100=0.01"])
    let head = cheap.out.split(separator: "\n").prefix { !$0.hasPrefix("Greenest") }
      .joined(separator: " ")
    #expect(head.hasPrefix("Cheapest: ") && head.contains("h100"))
    #expect(asked.hasPrefix(head), "\(asked)")
    // As it was asked, again.
    let first = try Program.run(Self.question)
    let was = first.out.split(separator: "\n").prefix { !$0.hasPrefix("Greenest") }
      .joined(separator: " ")
    #expect(asked.split(separator: "|").last?.hasPrefix(was) == true)
  }

  @Test(arguments: [0, 100])
  func `another grid has the carbon that the command tells for it`(intensity: Int) throws {
    let plans = try told(Self.stating("gCO2e of a kWh", "\(intensity)"), in: answer)
      .split(separator: "|")
    let other = try Program.run(
      Self.question + ["--set", "impact.grid=\(intensity) g/kWh", "--format", "json"])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(other.out.utf8)) as? [String: Any])
    for plan in try #require(json["plans"] as? [[String: Any]]) {
      let name = try #require(plan["name"] as? String)
      let carbon = try #require(plan["carbon_per_request_gco2e"] as? Double)
      let row = try #require(plans.first { $0.hasPrefix(name + " ") })
      let shown = try #require(row.split(separator: " ").last.flatMap { Double($0) })
      #expect(abs(shown - carbon) <= 2e-3 * carbon + 5e-4, "\(row)")
    }
  }

  @Test func `more load takes the replicas that short runs found`() throws {
    let told = try told(Self.stating("Load", "2"), in: answer)
    let json = try Program.run(Self.question + ["--format", "json"])
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    let plans = try #require(report["plans"] as? [[String: Any]])
    let tried = plans.filter { !(($0["changed_replicas"] as? [Any]) ?? []).isEmpty }
    #expect(!tried.isEmpty)
    let cheapest = tried.compactMap { plan -> (Double, String)? in
      guard let changed = plan["changed_replicas"] as? [Any], let replicas = changed[2] as? Double,
        let was = plan["replicas"] as? Double,
        let cost = plan["cost_per_hour"] as? [String: Double], let low = cost["low"],
        let high = cost["high"]
      else { return nil }
      return ((low + high) * replicas / was, "Cheapest: \(Int(replicas)) replica")
    }.min { $0.0 < $1.0 }
    #expect(told.hasPrefix(try #require(cheapest?.1)), "\(told)")
  }

  @Test func `what a sweep's page cannot show is told`() throws {
    for (arguments, code, words) in [
      (["--figure", "ttft_p95_s"], Int32(64), "state --page too"),
      (["--page", "x.html", "--figure", "ttft_p96_s"], 64, "did you mean \"ttft_p95_s\""),
      (["--page", "x.html", "--axes", "a,b,c"], 64, "expected two axes"),
      (["--page", "x.html", "--axes", "rat,layout"], 65, "no axis \"rat\"; did you mean \"rate\""),
      (["--page", "x.html", "--axes", "rate,rate"], 65, "expected two different axes"),
      (["--page", "x.html", "--on", "slurm", "--dry-run"], 64, "--page does not go with --on"),
    ] {
      let result = try Program.run(
        ["sweep", Self.example] + arguments + Self.few, in: scratch.path)
      #expect(result.code == code && result.problems.contains(words), "\(result.problems)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/x.html"))
  }
}
