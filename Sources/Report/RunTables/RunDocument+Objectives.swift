import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

/// `objectives` of run.json: limits of each request, and what the run is held to.
extension RunDocument {
  static func objectives(_ objectives: ServiceLevelObjectives) -> JSON {
    .object(of: [
      ("ttft_ps", limit(objectives.timeToFirstToken)),
      ("tpot_ps", limit(objectives.timePerOutputToken)),
      ("e2e_ps", limit(objectives.endToEnd)),
      ("run", .array(objectives.ofRun.map(ofRun))),
    ])
  }

  private static func limit(_ limit: SimDuration?) -> JSON {
    limit.map { .integer($0.picoseconds) } ?? .null
  }

  private static func ofRun(_ objective: RunObjective) -> JSON {
    let group: [(String, JSON)] =
      objective.group.map { [("label", .string($0.label.name)), ("name", .string($0.name))] } ?? []
    return .object(of: target(objective.target) + group)
  }

  private static func target(_ target: RunObjective.Target) -> [(String, JSON)] {
    switch target {
    case .latency(let latency, let percentile, let limit):
      [
        ("metric", .string(latency.rawValue)), ("percentile", .string(percentile.name)),
        ("limit_ps", .integer(limit.picoseconds)),
      ]
    case .goodput(let share): [("metric", .string("goodput")), ("limit", .decimal(share))]
    case .cost(let unit, let limit):
      [
        ("metric", .string("cost")), ("per", .string(unit.rawValue)), ("limit", .decimal(limit)),
      ]
    case .carbon(let unit, let limit):
      [
        ("metric", .string("carbon")), ("per", .string(unit.rawValue)),
        ("limit", .decimal(limit)),
      ]
    }
  }
}

extension RunReader {
  static func objectives(_ value: RunValue) throws(RunTablesError) -> ServiceLevelObjectives {
    var ofRun: [RunObjective] = []
    if !value["run"].isAbsent {
      for item in try value["run"].items() {
        ofRun.append(RunObjective(try target(item), of: try group(item)))
      }
    }
    return ServiceLevelObjectives(
      timeToFirstToken: try value["ttft_ps"].optional(span),
      timePerOutputToken: try value["tpot_ps"].optional(span),
      endToEnd: try value["e2e_ps"].optional(span), ofRun: ofRun)
  }

  private static func target(_ value: RunValue) throws(RunTablesError) -> RunObjective.Target {
    switch try value["metric"].text() {
    case "goodput":
      let share = try value["limit"].number()
      guard share <= 1 else { throw value["limit"].fault("a share from 0 to 1") }
      return .goodput(atLeast: share)
    case "cost":
      return .cost(try value["per"].word(AmountUnit.self), atMost: try amount(value["limit"]))
    case "carbon":
      return .carbon(try value["per"].word(AmountUnit.self), atMost: try amount(value["limit"]))
    default:
      guard let percentile = Percentile(try value["percentile"].text()) else {
        throw value["percentile"].fault("a percentile like p95")
      }
      let limit = try span(value["limit_ps"])
      guard limit > .zero else { throw value["limit_ps"].fault("more than 0") }
      return .latency(
        try value["metric"].word(ObjectiveLatency.self), percentile, atMost: limit)
    }
  }

  /// What a ceiling is: margins are shares of it.
  private static func amount(_ value: RunValue) throws(RunTablesError) -> Double {
    let amount = try value.number()
    guard amount > 0 else { throw value.fault("more than 0") }
    return amount
  }

  private static func group(
    _ value: RunValue
  ) throws(RunTablesError) -> RunObjective.Group? {
    guard !value["label"].isAbsent else { return nil }
    let name = try value["label"].text()
    guard let label = RunObjective.Group.labels.first(where: { $0.name == name }) else {
      throw value["label"].fault(
        RunObjective.Group.labels.map(\.name).joined(separator: " or "))
    }
    return RunObjective.Group(label: label, name: try value["name"].text())
  }
}
