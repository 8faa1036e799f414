import ServingSim

/// A model on accelerators: what memory, step time and meter are computed from.
struct Hardware: Sendable {
  var model: ModelArchitecture
  var accelerator: Accelerator
  var parallelism: Parallelism
  var precision: Precision
  var limits: EngineLimits

  var footprint: MemoryFootprint {
    MemoryFootprint(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      engine: limits)
  }

  /// `4 x h100-sxm`.
  var accelerators: String { "\(parallelism.accelerators) x \(accelerator.id)" }
}

/// Names -> catalogue entries, with a problem for a name that nothing has.
struct HardwareResolver {
  let group: GroupSection
  let source: SourceFile
  let issues: IssueList

  func model(lines: inout PlanLines) -> ModelArchitecture? {
    switch group.model {
    case nil:
      return nil
    case .described(let model, let node):
      lines.written(node, "\(group.path).model")
      return model
    case .file(let path):
      lines.stated(path)
      return config(path)
    case .named(let name):
      guard let model = Models.named(name.value) else {
        let known = Models.all.map(\.id) + Models.all.compactMap(\.huggingFaceID)
        unknown(name, "model", known, "state a Hugging Face config.json or describe it in place")
        return nil
      }
      lines.add(name.path, name.text, "\(name.origin.planText); catalogue: \(model.source)")
      return model
    }
  }

  func accelerator(lines: inout PlanLines) -> Accelerator? {
    switch group.accelerator {
    case nil:
      return nil
    case .described(let accelerator, let node):
      lines.written(node, "\(group.path).accelerator")
      return accelerator
    case .named(let name):
      guard let accelerator = Accelerators.named(name.value) else {
        unknown(name, "accelerator", Accelerators.all.map(\.id), "describe it in place")
        return nil
      }
      lines.add(name.path, name.text, "\(name.origin.planText); catalogue: \(accelerator.source)")
      return accelerator
    }
  }

  private func unknown(
    _ name: Stated<String>, _ kind: String, _ known: [String], _ otherwise: String
  ) {
    let hint = Spelling.hint(for: name.value, of: known)
    issues.add(
      name.origin, name.path,
      "no \(kind) \"\(name.value)\" in the catalogue"
        + (hint.isEmpty ? "; see kavier catalog \(kind)s, or \(otherwise)" : hint))
  }
}
