import Foundation

/// Headless Chromium, where it is installed: `.ci/run` does that.
enum Browser {
  private static let names = ["chromium", "chromium-browser", "google-chrome"]

  static let path = names.map { "/usr/bin/" + $0 }.first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// axe-core's script; `.ci/run` gets it from a package and says where it is.
  static let axe = ProcessInfo.processInfo.environment["KAVIER_AXE"].flatMap { path in
    FileManager.default.isReadableFile(atPath: path) ? path : nil
  }

  enum Scheme: String, CaseIterable {
    case light
    case dark
  }

  /// Opens `page` with `script` at its end and gives what that writes into `document.title`.
  static func run(
    _ script: String, in page: String, width: Int, scheme: Scheme, folder: Scratch
  ) throws -> String {
    let body = page.replacingOccurrences(
      of: "</body>", with: "<script>\(script)</script></body>")
    let file = try folder.file("audit.html", body)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: path ?? "")
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--window-size=\(width),1200", "--virtual-time-budget=60000", "--dump-dom",
        "--user-data-dir=\(folder.path)/profile",
      ] + (scheme == .dark ? ["--blink-settings=preferredColorScheme=0"] : [])
      + ["file://" + file]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    guard let start = text.range(of: "<title>"), let end = text.range(of: "</title>") else {
      return "no page"
    }
    return String(text[start.upperBound..<end.lowerBound])
  }
}
