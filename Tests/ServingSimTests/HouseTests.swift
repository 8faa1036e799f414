import Foundation
import ServingTestSupport
import Testing

/// What the tests as a whole keep.
@Suite(.timeLimit(.minutes(30))) struct HouseTests {
  /// Whatever hangs is to fail, not to stop everything.
  @Test func `every suite has a time limit`() throws {
    let files = try Self.files(under: "Tests")
    #expect(files.count > 100)
    for path in files {
      for suite in try Self.text(path).matches(of: /(?m)^@Suite[^{]*(struct|class|enum) \w+/)
      where !suite.output.0.contains(".timeLimit(") {
        Issue.record("\(path): \(suite.output.0)")
      }
    }
  }

  /// What failed once is to fail again.
  @Test func `tests draw from streams with a seed`() throws {
    let systems = ["System" + "RandomNumberGenerator", ".randomElement()", ".shuffled()"]
    for path in try Self.files(under: "Tests") {
      let text = try Self.text(path)
      for name in systems where path != Self.thisFile {
        #expect(!text.contains(name), "\(path)")
      }
    }
  }

  private static let thisFile = "Tests/ServingSimTests/HouseTests.swift"

  /// Stale lines would be mutants that nobody kills.
  @Test func `every mutant's line stands in its file once`() throws {
    var lines: [String: Int] = [:]
    var mutants = 0
    for line in try Self.text("Tests/Mutants/list").split(separator: "\n") {
      if line.hasPrefix("file ") {
        let file = try Self.text(String(line.dropFirst(5)))
        lines = file.split(separator: "\n").reduce(into: [:]) {
          $0[$1.trimmingCharacters(in: .whitespaces), default: 0] += 1
        }
      } else if !["#", "tests ", "harmless: "].contains(where: { line.hasPrefix($0) }) {
        mutants += 1
        let original = line.replacing(/\{\{(.*?)\|\|.*?\}\}(?!\})/) { $0.1 }
        #expect(original != line, "\(line) says no replacement")
        #expect(lines[String(original)] == 1, "\(original)")
      }
    }
    #expect(mutants >= 60)
  }

  /// The runner writes `(… ? (new) : (old))`: where half an expression stands, nothing compiles.
  @Test func `a mutant puts an expression in place of an expression`() throws {
    let lines = try Self.text("Tests/Mutants/list").split(separator: "\n")
    for line in lines where !line.hasPrefix("#") {
      guard let mutant = line.firstMatch(of: /\{\{(.*?)\|\|(.*?)\}\}(?!\})/)?.output else {
        continue
      }
      for side in [mutant.1, mutant.2] {
        #expect(Self.looksWhole(side), "\(line)")
      }
      #expect(!line.contains(/\w\.\{\{/), "\(line)")
    }
  }

  @Test(arguments: [">", "+ b", "a &+", "&a", "a)", "..<b", "", "a ?? (b", "-", "a.", "= b"])
  func `half an expression is seen`(side: String) {
    #expect(!Self.looksWhole(side[...]))
  }

  @Test(arguments: [
    "-a", "!a.b", "$0", "()", ".max", "a - 1", "[a, b][0]", "a?.b ?? 0", "(a, b) < (c, d)",
  ])
  func `a whole expression is not held to be half of one`(side: String) {
    #expect(Self.looksWhole(side[...]))
  }

  /// Begins and ends with an operand, and closes the brackets that it opens.
  private static func looksWhole(_ side: Substring) -> Bool {
    var open = 0
    for character in side {
      if "([{".contains(character) { open += 1 }
      if ")]}".contains(character) { open -= 1 }
      if open < 0 { return false }
    }
    return open == 0 && side.wholeMatch(of: /[-!]?\.?[\w$(\["](.*[\w)\]}"])?/) != nil
  }

  /// The page and the package say the same.
  @Test func `the table of modules is what the package has`() throws {
    let package = try Self.text("Package.swift").replacing(/\.product\([^)]*\)/, with: "")
    var imports: [String: Set<String>] = [:]
    for target in package.matches(
      of: /\.target\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/)
    {
      let own = (target.output.2 ?? "").matches(of: /"(\w+)"(?=\s*(,|$))/).map {
        String($0.output.1)
      }
      imports[String(target.output.1)] = Set(own).subtracting(["SimKernel"])
    }
    var told: [String: Set<String>] = [:]
    for row in try Self.text("ARCHITECTURE.md").matches(
      of: /(?m)^\| (`\w+`(?:, `\w+`)*) \| (.*)\|$/)
    {
      let names = row.output.2.replacing(/\([^)]*\)/, with: "").matches(of: /`(\w+)`/)
      for name in row.output.1.matches(of: /`(\w+)`/) {
        told[String(name.output.1)] = Set(names.map { String($0.output.1) })
      }
    }
    #expect(told.count > 10)
    for (name, modules) in told { #expect(imports[name] == modules, "\(name)") }
    for name in imports.keys where !name.hasSuffix("TestSupport") && name != "SimKernel" {
      #expect(told[name] != nil, "\(name) is not in the table")
    }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(SharedData.repository)/\(path)", encoding: .utf8)
  }

  private static func files(under folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(SharedData.repository)/\(folder)")
      .filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
  }
}
