/// A value that the user wrote, with where and how.
package struct Stated<Value: Sendable>: Sendable {
  package var value: Value
  /// As it was written, `3.35 TB/s`.
  package var text: String
  /// The field, `fleet.accelerator.memory_bandwidth`.
  package var path: String
  package var origin: Origin
}
