package import Scenarios
import ServingSim
import Synchronization
import TextAndBytes

/// Names what a run comes out as: two plans with one hash give the same run, whatever files and flags
/// they were stated by. 32 hexadecimal digits.
package final class PlanHash: Sendable {
  /// The program that runs plans. Another build may well run them otherwise.
  private let program: String
  private let digests = Mutex<[String: String]>([:])

  package init(program: String) { self.program = program }

  /// Of every field with its value, and of the files that were read for them. What a run is called and
  /// where its files are written does not count.
  package func hash(_ loaded: LoadedScenario) -> String {
    var text = "\(program)\n"
    for line in loaded.plan.lines where line.path != "name" && !line.path.hasPrefix("output.") {
      text += "\(line.path)=\(line.value)\n"
    }
    for file in loaded.files { text += "\(digest(ofFile: file))\n" }
    return Self.short(text)
  }

  /// Of a plan that could not be made.
  func hash(refused message: String, _ settings: [String]) -> String {
    Self.short(([program, message] + settings).joined(separator: "\n"))
  }

  /// Of a sweep as it is written.
  func signature(_ sweep: Sweep) -> String { Self.short("\(program)\n\(sweep.text)") }

  /// Of what stands in the file; of the `config.json` of a directory. Read once.
  func digest(ofFile path: String) -> String {
    if let known = digests.withLock({ $0[path] }) { return known }
    let file = Folder.isDirectory(path) ? path + "/config.json" : path
    let digest = SHA256.sum(ofFile: file) ?? "none"
    digests.withLock { $0[path] = digest }
    return digest
  }

  private static func short(_ text: String) -> String { String(SHA256.sum(of: text).prefix(32)) }
}
