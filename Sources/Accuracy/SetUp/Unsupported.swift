/// Why nothing can be predicted, in a phrase.
package struct Unsupported: Error, Hashable, Sendable {
  package var reason: String

  package init(_ reason: String) { self.reason = reason }
}
