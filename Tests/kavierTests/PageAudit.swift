import Foundation

/// Scripts that look at a page and write what they find into its title: `fine` is nothing.
enum PageAudit {
  /// Tells of words that are cut off or lie on each other, and of a page wider than its window.
  static let layout = """
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push("the page is wider than its window");
    for (const svg of document.querySelectorAll("svg")) {
      const frame = svg.getBoundingClientRect();
      const name = svg.querySelector("title").textContent + ": ";
      const marks = svg.querySelectorAll("path").length;
      if (marks < 3) found.push(name + "is empty");
      const words = [...svg.querySelectorAll("text")].map(e => [e.textContent, e.getBoundingClientRect()]);
      words.forEach(([text, box], i) => {
        if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1
          || box.top < frame.top - 1) found.push(name + text + " is cut off");
        for (const [other, b] of words.slice(i + 1)) {
          const y = Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top);
          if (box.left + 1 < b.right && b.left + 1 < box.right && y > box.height * 0.45)
            found.push(name + text + " lies on " + other);
        }
      });
    }
    document.title = found.length ? found.join("; ") : "fine";
    """

  /// axe-core's findings.
  static func axe() throws -> String {
    let axe = try String(contentsOfFile: Browser.axe ?? "", encoding: .utf8)
    return axe.replacingOccurrences(of: "</script", with: "<\\/script") + "\n" + """
      document.querySelectorAll("details").forEach(e => { e.open = true; });
      axe.run(document, { resultTypes: ["violations"] }).then(r => {
        const bad = r.violations.map(v => v.id + ": " + v.nodes.length + " " + v.nodes[0].html);
        document.title = r.passes.length < 15 ? "not run" : bad.length ? bad.join("; ") : "fine";
      });
      """
  }
}
