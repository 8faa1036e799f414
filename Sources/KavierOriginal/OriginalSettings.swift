/// What a run of the original is told.
package struct OriginalSettings: Sendable {
  package var gpu: OriginalGPU
  package var model: OriginalModel
  package var hasKVCache = true
  /// Seconds between snapshots.
  package var exportRate = 0.1
  package var prefixMinimum = 1024
  package var cachedPrompts = 10
  package var scope = PrefixScope.session
  package var policy = PrefixPolicy.prefill
  package var behaviour = Behaviour()

  package init(gpu: OriginalGPU, model: OriginalModel) {
    self.gpu = gpu
    self.model = model
  }

  /// Everything that the original refuses or that cannot be computed, at once.
  package func check() throws(OriginalProblems) {
    var problems: [String] = []
    func check(_ isGood: Bool, _ message: @autoclosure () -> String) {
      if !isGood { problems.append(message()) }
    }
    check(
      (1e-6...1e9).contains(exportRate),
      "--export_rate: found \(exportRate); allowed are seconds from 0.000001 to 1000000000")
    check(
      prefixMinimum >= 0,
      "--prefix_cache_min_tokens: found \(prefixMinimum); allowed are whole numbers from 0")
    let least = behaviour.corrects(.emptyCache) ? 0 : 1
    check(
      cachedPrompts >= least,
      "--max_cached_prompts: found \(cachedPrompts); allowed are whole numbers from \(least)")
    check(
      !behaviour.corrects(.memory) || weights <= gpu.memoryGB,
      """
      --llm: the weights of \(model.name) take \(PythonFormat.fixed(weights, 1)) GB; \(gpu.name) \
      has \(PythonFormat.fixed(gpu.memoryGB, 0)) GB
      """)
    guard problems.isEmpty else { throw OriginalProblems(problems) }
  }

  /// GB.
  private var weights: Double { model.parameters * OriginalModel.bytesPerValue / 1e9 }
}

extension OriginalSettings {
  /// The GPU and the model by the original's names.
  package init(
    gpu: String, model: String, _ behaviour: Behaviour
  ) throws(OriginalProblems) {
    let gpus = OriginalGPU.all(behaviour.release)
    let models = OriginalModel.all(behaviour.release)
    let gpuIndex = Self.find(gpu, gpus.map(\.name), "--gpu", behaviour)
    let modelIndex = Self.find(model, models.map(\.name), "--llm", behaviour)
    guard case (.success(let gpu), .success(let model)) = (gpuIndex, modelIndex) else {
      throw OriginalProblems([gpuIndex, modelIndex].compactMap(\.fault))
    }
    self.init(
      gpu: behaviour.corrects(.peaks) ? gpus[gpu].withDensePeak : gpus[gpu], model: models[model])
    self.behaviour = behaviour
  }

  private static func find(
    _ name: String, _ names: [String], _ option: String, _ behaviour: Behaviour
  ) -> Result<Int, OriginalProblems> {
    let allowed = names.filter { behaviour.corrects(.names) || !$0.contains(" ") }
    if allowed.contains(name), let index = names.firstIndex(of: name) { return .success(index) }
    return .failure(
      OriginalProblems([
        "\(option): found \(name.debugDescription); allowed are \(allowed.joined(separator: ", "))"
      ]))
  }
}

extension Result<Int, OriginalProblems> {
  fileprivate var fault: String? {
    if case .failure(let problems) = self { problems.description } else { nil }
  }
}
