import Foundation
import ServingTestSupport
import Testing

/// Reports as a browser shows them.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"),
  .enabled(if: Browser.path != nil, "no Chromium here: apt-get install chromium"), .serialized)
struct PageAuditTests {
  let scratch: Scratch
  let pages: [String]

  init() throws {
    scratch = try Scratch()
    let runs = [
      ["simulate", "--set", "workload.synthetic.requests=400", "--out", "a", "--report", "a.html"],
      [
        "simulate", SharedData.repository + "/Examples/04-sessions.yaml", "--set",
        "fleet.replicas=5", "--out", "b", "--report", "b.html",
      ],
      ["report", "a", "b", "-o", "c.html"],
    ]
    for arguments in runs {
      let result = try Program.run(arguments, in: scratch.path)
      try #require(result.code == 0, "\(result.problems)")
    }
    let path = scratch.path
    pages = try ["a", "b", "c"].map {
      try String(contentsOfFile: "\(path)/\($0).html", encoding: .utf8)
    }
  }

  @Test(arguments: [1440, 1000, 500, 400], Browser.Scheme.allCases)
  func `no word is cut off or lies on another`(width: Int, scheme: Browser.Scheme) throws {
    for page in pages {
      let found = try Browser.run(
        PageAudit.layout, in: page, width: width, scheme: scheme, folder: scratch)
      #expect(found == "fine")
    }
  }

  /// Tells of what of the answer lies below the first screen of 800 pixels, and of tables that neither
  /// fit nor scroll.
  private static let answer = """
    const found = [];
    const inside = (e, name) => {
      if (!e) found.push(name + " is missing");
      else if (e.getBoundingClientRect().bottom > 800) found.push(name + " is below the fold");
    };
    const tiles = document.querySelectorAll(".tile");
    inside(document.querySelector(".verdict"), "the verdict");
    inside(document.querySelector(".lead"), "the answer");
    inside(tiles[Math.min(4, tiles.length - 1)], "the latencies");
    for (const table of document.querySelectorAll("table")) {
      const frame = table.closest(".scroll");
      if (!frame || getComputedStyle(frame).overflowX !== "auto")
        found.push("a table does not scroll");
      else if (frame.getBoundingClientRect().right > innerWidth + 1) found.push("a frame is too wide");
    }
    document.title = found.length ? found.join("; ") : "fine";
    """

  @Test(arguments: [1280, 400])
  func `the answer is on the first screen, and tables scroll`(width: Int) throws {
    for page in pages.prefix(2) {
      let found = try Browser.run(
        Self.answer, in: page, width: width, scheme: .light, folder: scratch)
      #expect(found == "fine")
    }
  }

  @Test(
    .enabled(if: Browser.axe != nil, "no axe-core here: KAVIER_AXE names no file of it"),
    arguments: Browser.Scheme.allCases)
  func `axe-core finds nothing that keeps anybody out`(scheme: Browser.Scheme) throws {
    for page in [pages[0], pages[2]] {
      let found = try Browser.run(
        PageAudit.axe(), in: page, width: 1440, scheme: scheme, folder: scratch)
      #expect(found == "fine")
    }
  }
}
