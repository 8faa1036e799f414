/// A release of the original tool whose behaviour can be had.
package enum Release: String, Sendable, Hashable, CaseIterable {
  /// The tool of the publications.
  case v0_1_0 = "0.1.0"
  /// The newest one at the time of writing.
  case v0_5_3 = "0.5.3"
}
