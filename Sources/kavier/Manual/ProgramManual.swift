/// What the program's own page tells, and the pages of its commands leave to it.
enum ProgramManual {
  static func addEnding(to page: inout Roff) {
    page.section("EXIT STATUS")
    for (code, meaning) in ExitCodes.all { page.entry(Roff.bold("\(code)"), sentence(meaning)) }
    page.section("ENVIRONMENT")
    for (name, text) in environment { page.entry(Roff.bold(name), text) }
    page.section("FILES")
    for (name, text) in files { page.entry(Roff.italic(name), text) }
  }

  static let references = "\(Roff.bold("curl"))(1), \(Roff.bold("rsvg\u{2d}convert"))(1)"

  private static func sentence(_ meaning: String) -> String {
    meaning.prefix(1).uppercased() + meaning.dropFirst() + "."
  }

  private static let environment = [
    (
      "OPENAI_API_KEY",
      "The key that `kavier trace record` sends to a server; --api-key-variable names another."
    ),
    ("TMPDIR", "Where files are kept while a PNG is drawn. Default: /tmp."),
    ("HOME", "Holds the downloads of `kavier trace archive fetch`."),
    (
      "http_proxy, https_proxy, no_proxy",
      "The way to the servers of `kavier trace archive fetch`, which curl takes."
    ),
    ("SWIFT_BACKTRACE", "Where it is set, a fault of the program ends as Swift's runtime has it."),
    (
      "SOURCE_DATE_EPOCH",
      "The time, in seconds since 1970, that `kavier manual` dates its pages with. Default: now."
    ),
  ]

  private static let files = [
    (
      "~/.cache/kavier",
      "Downloads of `kavier trace archive fetch`; --cache names another directory."
    ),
    (
      "../share/doc/kavier",
      """
      Beside the program's directory where it is installed: the pages of its documentation (Docs), \
      and scenarios to start from (Examples).
      """
    ),
  ]
}
