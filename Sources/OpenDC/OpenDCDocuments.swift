import Report
import ServingSim

/// The topology and the experiment, which OpenDC reads as JSON.
extension OpenDCExport.Kind {
  /// As many hosts as tasks, each with one GPU. Hosts and CPUs draw nothing: the run knows of
  /// accelerators alone.
  package func topology(carbonTrace: String?) -> String {
    let host = JSONValue.object([
      ("name", .string(accelerator.id)), ("count", .count(tasks.count)),
      (
        "cpu",
        .object([("coreCount", .count(1)), ("coreSpeed", .number(Self.cpuSpeed))])
      ),
      ("memory", .object([("memorySize", .count(1_000_000_000))])),
      (
        "gpu",
        .object([
          ("coreCount", .count(1)), ("coreSpeed", .number(Self.gpuSpeed)),
          ("vendor", .string(accelerator.vendor)), ("modelName", .string(accelerator.name)),
        ])
      ),
      ("cpuPowerModel", Self.linear(idle: 0, most: 0)),
      ("gpuPowerModel", Self.linear(idle: power.idle.value, most: power.most.value)),
    ])
    var cluster: [(key: String, value: JSONValue)] = [
      ("name", .string(accelerator.id)), ("hosts", .array([host])),
    ]
    if let carbonTrace {
      cluster.append(("powerSource", .object([("carbonTracePath", .string(carbonTrace))])))
    }
    return JSONValue.object([("clusters", .array([.object(cluster)]))]).text
  }

  private static func linear(idle: Double, most: Double) -> JSONValue {
    .object([
      ("modelType", .string("linear")), ("power", .number(most)), ("idlePower", .number(idle)),
      ("maxPower", .number(most)),
    ])
  }

  /// For OpenDC's experiment runner; paths count from where it is started.
  package func experiment(name: String, folder: String) -> String {
    JSONValue.object([
      ("name", .string(name)),
      (
        "topologies",
        .array([.object([("pathToFile", .string("\(folder)/topology.json"))])])
      ),
      (
        "workloads",
        .array([
          .object([
            ("pathToFile", .string(folder)), ("type", .string("ComputeWorkload")),
          ])
        ])
      ),
      (
        "exportModels",
        .array([.object([("exportInterval", .count(60)), ("printFrequency", .count(1440))])])
      ),
    ]).text
  }
}
