import TextAndBytes

/// Text as JSON has it.
enum JSONText {
  static func quoted(_ text: String) -> String { JSON.string(text).compact }
}
