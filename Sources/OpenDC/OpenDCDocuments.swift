import Report
import ServingModel
import TextAndBytes

/// The topology and the experiment, which OpenDC reads as JSON.
extension OpenDCExport.Kind {
  /// As many hosts as tasks, each with one GPU. Every quantity has its unit: OpenDC warns of each
  /// without one.
  package func topology(carbonTrace: String?) -> String {
    let host = JSON.object(of: [
      ("name", .string(accelerator.id)), ("count", .count(tasks.count)),
      (
        "cpu",
        .object(of: [("coreCount", .count(1)), ("coreSpeed", .string("\(Self.cpuSpeed) MHz"))])
      ),
      ("memory", .object(of: [("memorySize", .string("1 GiB"))])),
      (
        "gpu",
        .object(of: [
          ("coreCount", .count(1)), ("coreSpeed", .string("\(Self.gpuSpeed) MHz")),
          ("vendor", .string(accelerator.vendor)), ("modelName", .string(accelerator.name)),
        ])
      ),
      ("cpuPowerModel", Self.document(power.cpu)), ("gpuPowerModel", Self.document(power.gpu)),
    ])
    var cluster: [(key: String, value: JSON)] = [
      ("name", .string(accelerator.id)), ("hosts", .array([host])),
    ]
    if let carbonTrace {
      cluster.append(("powerSource", .object(of: [("carbonTracePath", .string(carbonTrace))])))
    }
    return JSON.object(of: [("clusters", .array([.object(of: cluster)]))]).document
  }

  private static func document(_ model: LinearPower) -> JSON {
    let (least, most) = ("\(model.least.value) W", "\(model.most.value) W")
    return .object(of: [
      ("modelType", .string("linear")), ("power", .string(most)), ("idlePower", .string(least)),
      ("maxPower", .string(most)),
    ])
  }

  /// For OpenDC's experiment runner; paths count from where it is started.
  package func experiment(name: String, folder: String) -> String {
    JSON.object(of: [
      ("name", .string(name)),
      (
        "topologies",
        .array([.object(of: [("pathToFile", .string("\(folder)/topology.json"))])])
      ),
      (
        "workloads",
        .array([
          .object(of: [
            ("pathToFile", .string(folder)), ("type", .string("ComputeWorkload")),
          ])
        ])
      ),
      (
        "exportModels",
        .array([.object(of: [("exportInterval", .count(60)), ("printFrequency", .count(1440))])])
      ),
    ]).document
  }
}
