import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

/// What requests say of themselves: where they come from, and which model they ask for.
extension ScenarioPlanner {
  /// Gives requests the regions and models that the scenario states in place of a trace's.
  mutating func addLabels(to workload: inout Workload, seed: UInt64) {
    guard let section = scenario.workload else { return }
    if let labels = labels(section.regions, of: workload, seed, .regions) {
      workload.traits[.region] = labels
    }
    if let labels = labels(section.models, of: workload, seed, .models) {
      workload.traits[.model] = labels
    }
  }

  /// Requests of one conversation say the same.
  private mutating func labels(
    _ sections: [LabelShareSection], of workload: Workload, _ seed: UInt64,
    _ purpose: RandomPurpose
  ) -> RequestLabels? {
    var names: [String] = []
    var reached: [Double] = []
    for section in sections {
      guard let name = section.name else { continue }
      lines.stated(section.name)
      lines.stated(section.share)
      if names.contains(name.value) {
        issues.add(name.origin, name.path, "\"\(name.value)\" has a share already")
      }
      names.append(name.value)
      reached.append((reached.last ?? 0) + (section.share?.value ?? 1))
    }
    guard let sum = reached.last else { return nil }
    let numbers = (0..<workload.count).map { number in
      let session = workload.sessions?[number] ?? -1
      let index = session < 0 ? UInt64(number) : 1 << 32 | UInt64(session)
      var random = RandomStream(seed: seed, purpose, index: index)
      let wanted = random.uniform() * sum
      return Int32(reached.firstIndex { wanted < $0 } ?? names.count - 1)
    }
    return RequestLabels(names: names, ofRequest: numbers)
  }

  /// Every request has somebody who serves its model, and comes from somewhere.
  func checkLabels(of workload: Workload, _ pools: [PoolPlan], _ regions: RegionPlan) {
    if pools.contains(where: { !$0.models.isEmpty }), !pools.contains(where: \.models.isEmpty) {
      let served = Set(pools.flatMap(\.models)).sorted()
      check(
        workload.traits[.model], says: "which model they ask for",
        is: served, "no group serves; fleet.served_model_name and workload.models can say so",
        path: "workload.models")
    }
    if regions.names.count > 1 {
      check(
        workload.traits[.region], says: "where they come from", is: regions.names,
        "is none of regions; workload.regions can say where requests come from",
        path: "workload.regions")
    }
  }

  /// Somebody may serve the clients of each region, whatever they ask for.
  func checkServing(_ pools: [PoolPlan], _ regions: RegionPlan) {
    let models = Set(pools.flatMap(\.models)).sorted()
    for (client, name) in regions.names.enumerated() {
      let permitted = pools.filter { regions.permits($0, client: client) }
      let lacking = models.filter { model in
        !permitted.contains { $0.models.isEmpty || $0.models.contains(model) }
      }
      guard permitted.isEmpty || !lacking.isEmpty else { continue }
      let what = lacking.isEmpty ? "clients of" : "\(lacking.joined(separator: ", ")) to clients of"
      issues.add(
        scenario.regions[client].origin, scenario.regions[client].path,
        "no group may serve \(what) \(name): regions.serves leaves out all that could")
    }
  }

  private func check(
    _ labels: RequestLabels?, says what: String, is expected: [String], _ reason: String,
    path: String
  ) {
    let origin = scenario.workload?.origin ?? scenario.origin
    guard let labels else {
      return issues.add(
        origin, path,
        "requests do not say \(what); expected a list like [{name: \(expected[0]), share: 1}]")
    }
    var counts = [Int](repeating: 0, count: labels.names.count + 1)
    for number in labels.ofRequest { counts[number < 0 ? labels.names.count : Int(number)] += 1 }
    for (name, count) in zip(labels.names, counts) where count > 0 && !expected.contains(name) {
      issues.add(
        origin, path,
        "\(count) requests say \"\(name)\", which \(reason); expected one of "
          + Spelling.list(expected) + Spelling.hint(for: name, of: expected))
    }
    if let silent = counts.last, silent > 0 {
      issues.add(origin, path, "\(silent) requests do not say \(what)")
    }
  }
}
