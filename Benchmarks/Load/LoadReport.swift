/// What a load came to, in words.
struct LoadReport {
  private let options: Options
  private let results: [StreamResult]
  private let seconds: Double
  /// CPU seconds of the server and of the load itself.
  var serverSeconds: Double?
  var ownSeconds = 0.0

  init(_ options: Options, _ results: [StreamResult], seconds: Double) {
    self.options = options
    self.results = results
    self.seconds = seconds
  }

  var text: String {
    let late = results.flatMap(\.lateness).sorted()
    let whole = results.count { $0.isWhole }
    var lines = [
      "\(whole) of \(options.streams) streams came whole, in \(rounded(seconds)) s",
      "\(late.count) messages for \(whole * options.tokens) tokens, "
        + "\(Int(Double(late.count) / seconds)) a second",
    ]
    if !late.isEmpty {
      let quantiles = [0.5, 0.9, 0.99, 0.999].map { share in
        "p\(rounded(share * 100)) \(milliseconds(late[Int(share * Double(late.count - 1))]))"
      }
      lines.append(
        "late by \(quantiles.joined(separator: ", ")), at most \(milliseconds(late[late.count - 1]))"
          + "; earliest \(milliseconds(late[0]))")
    }
    let server = serverSeconds.map { "\(rounded($0)) s of the server, " } ?? ""
    lines.append("CPU: \(server)\(rounded(ownSeconds)) s of the load")
    return lines.joined(separator: "\n")
  }

  private func milliseconds(_ nanoseconds: Int64) -> String {
    "\(rounded(Double(nanoseconds) / 1e6)) ms"
  }

  private func rounded(_ value: Double) -> String {
    "\((value * 100).rounded() / 100)"
  }
}
