import ServingSim

/// How large a fleet is: replicas as a scenario counts them, and the engines that they consist of.
package struct FleetSize: Hashable, Sendable {
  package var replicas: Int
  /// More than replicas where some of them are data parallel.
  package var engines: Int

  init(_ numbers: [EngineNumber]) {
    replicas = (numbers.last?.replica ?? -1) + 1
    engines = numbers.count
  }

  package var isDataParallel: Bool { engines > replicas }

  /// `9 replicas`, `1 replica of 8 ranks`, `3 replicas with 17 engines`.
  package var text: String {
    let counted = Figures.count(replicas) + (replicas == 1 ? " replica" : " replicas")
    guard isDataParallel else { return counted }
    guard engines % replicas == 0 else {
      return "\(counted) with \(Figures.count(engines)) engines"
    }
    return "\(counted) of \(Figures.count(engines / replicas)) ranks"
  }
}
