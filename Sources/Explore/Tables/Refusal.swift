/// Why a plan cannot be run, in a line.
enum Refusal {
  /// The first line, which those below it reckon up: `llama-3.3-70b does not fit on 1 x h100-sxm`.
  static func short(_ message: String) -> String {
    var line = message.prefix { !$0.isNewline }
    if line.last == ":" { line.removeLast() }
    return String(line.hasPrefix("fleet: ") ? line.dropFirst("fleet: ".count) : line)
  }
}
