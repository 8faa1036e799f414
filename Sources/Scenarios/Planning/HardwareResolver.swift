import ServingModel
import TextAndBytes

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
      return config(path, file: source.resolve(path))
    case .named(let name):
      guard let model = Models.named(name.value) else {
        if let file = source.modelConfig(name) {
          lines.stated(name)
          return config(name, file: file)
        }
        unknown(
          name, "model", HardwareNames.models(for: name.value),
          "state a Hugging Face config.json, a directory with one, or describe it in place")
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
        unknown(
          name, "accelerator", HardwareNames.accelerators(for: name.value), "describe it in place")
        return nil
      }
      lines.add(name.path, name.text, "\(name.origin.planText); catalogue: \(accelerator.source)")
      return accelerator
    }
  }

  /// The model of a Hugging Face `config.json`, named after its folder.
  private func config(_ stated: Stated<String>, file path: String) -> ModelArchitecture? {
    let parts = path.split(separator: "/").map(String.init)
    let named = parts.last == "config.json" ? parts.dropLast().last : parts.last
    do throws(ScenarioIssues) {
      let bytes = try SourceFile.bytes(of: path, origin: stated.origin, field: stated.path)
      return try model(bytes, id: named ?? path, file: path)
    } catch {
      for issue in error.issues { issues.add(issue) }
      return nil
    }
  }

  private func model(
    _ bytes: [UInt8], id: String, file: String
  ) throws(ScenarioIssues) -> ModelArchitecture {
    do throws(HuggingFaceConfigError) {
      return try HuggingFaceConfig.model(from: bytes, id: id, source: file)
    } catch {
      throw ScenarioIssues(
        error.problems.map {
          ScenarioIssue(origin: .file(file), path: $0.field, message: $0.message)
        })
    }
  }

  private func unknown(
    _ name: Stated<String>, _ kind: String, _ guesses: [String], _ otherwise: String
  ) {
    let count = kind == "accelerator" ? HardwareNames.count(in: name.value) : nil
    let number = count.map {
      "; how many goes into engine.tensor_parallel_size (of one replica, at most \($0)) and replicas"
    }
    issues.add(
      name.origin, name.path,
      "no \(kind) \"\(name.value)\" in the catalogue" + Spelling.hint(guesses)
        + (number ?? "") + "\(guesses.isEmpty ? ";" : "") see kavier catalog \(kind)s"
        + (guesses.isEmpty ? ", or \(otherwise)" : ""))
  }
}
