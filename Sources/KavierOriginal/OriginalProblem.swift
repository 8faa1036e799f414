/// Things the user has to mend, a line each: what was found and what is allowed.
package struct OriginalProblems: Error, Hashable, Sendable, CustomStringConvertible {
  package var lines: [String]

  package init(_ lines: [String]) { self.lines = lines }

  package var description: String { lines.joined(separator: "\n") }
}
