import Foundation
import ServingTestSupport
import Synchronization

/// `make outputs`: puts what the program prints now into the pages.
enum PageUpdate {
  static let isAsked = ProcessInfo.processInfo.environment["UPDATE_PAGES"] != nil

  private static let oneAtATime = Mutex(())

  /// Replaces what `command` showed on its page.
  static func replace(_ command: Command, by output: String) throws {
    guard !output.contains(command.output), let part = part(of: output, like: command.output) else {
      return
    }
    let path = "\(SharedData.repository)/\(command.page)"
    try oneAtATime.withLock { _ in
      let page = try String(contentsOfFile: path, encoding: .utf8)
      let updated = page.replacingOccurrences(
        of: "```text\n\(command.output)\n```", with: "```text\n\(part)\n```")
      try updated.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }

  /// From the line that begins like the first of `old` to the next that begins like its last, with
  /// the lines that go on from there.
  static func part(of output: String, like old: String) -> String? {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    let ends = old.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    guard let first = ends.first, let last = ends.last,
      let start = lines.firstIndex(where: { label($0) == label(first) }),
      var end = lines[start...].firstIndex(where: { label($0) == label(last) })
    else { return nil }
    while end + 1 < lines.count, lines[end + 1].hasPrefix(" ") { end += 1 }
    return lines[start...end].joined(separator: "\n")
  }

  /// A line's first word; figures change.
  private static func label(_ line: Substring) -> Substring { line.prefix { $0 != " " } }
}
