import ServingSim

/// Gathers what a plan says about each field while the fields are resolved.
struct PlanLines {
  private(set) var lines: [PlanLine] = []
  /// Of fields that do nothing beside others.
  private(set) var remarks: [Remark] = []

  mutating func add(_ path: String, _ value: String, _ origin: String) {
    lines.append(PlanLine(path: path, value: value, origin: origin))
  }

  /// A field as the user stated it.
  mutating func stated<Value>(_ stated: Stated<Value>?) {
    if let stated { add(stated.path, stated.text, stated.origin.planText) }
  }

  /// A field that the user stated and that does nothing, with the reason.
  mutating func withoutEffect<Value>(_ stated: Stated<Value>, _ reason: String) {
    add(stated.path, stated.text, "\(stated.origin.planText), without effect: \(reason)")
    remarks.append(Remark(field: stated.path, value: stated.text, reason: reason))
  }

  /// Something that whoever runs the plan has to know.
  mutating func remark(_ remark: Remark) { remarks.append(remark) }

  /// A field as the user stated it, or its default with the reason for it.
  /// `text` is how a scenario would state the default; nil: as it prints.
  mutating func resolve<Value>(
    _ stated: Stated<Value>?, _ path: String, default value: Value, as text: String? = nil,
    _ reason: String = "default"
  ) -> Value {
    if let stated {
      add(stated.path, stated.text, stated.origin.planText)
      return stated.value
    }
    add(path, text ?? "\(value)", reason)
    return value
  }

  /// Every scalar of a section as the user wrote it.
  mutating func written(_ node: DocumentNode, _ path: String) {
    switch node.content {
    case .scalar(let text, _): add(path, text, node.origin.planText)
    case .list(let items):
      for (index, item) in items.enumerated() { written(item, "\(path).\(index)") }
    case .mapping(let entries):
      for entry in entries {
        written(entry.value, path.isEmpty ? entry.key : "\(path).\(entry.key)")
      }
    }
  }
}
