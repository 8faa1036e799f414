import Endpoint
import ServingSim
import ServingTestSupport
import SimKernel

/// An endpoint on a free port of this machine, stopped by `stop`.
struct TestEndpoint {
  let server: EndpointServer

  /// One small replica whose steps take a millisecond, a hundred times as fast as the world.
  init(
    replica: ReplicaPlan = stepReplica(seats: 8, budget: 256, blocks: 256, caching: true),
    _ change: (inout EndpointOptions) -> Void = { _ in }
  ) async throws {
    var options = EndpointOptions(modelName: "test")
    options.port = 0
    options.speed = 100
    change(&options)
    let plan = stepPlan(
      [StepRequest(prompt: 4, output: 3), StepRequest(prompt: 4, output: 5)], replica)
    server = try await EndpointServer.start(plan, options)
  }

  /// Sends bytes on a connection of their own and returns all that comes back.
  func send(_ bytes: String, patience: Int = 10) throws -> String {
    let connection = try RawConnection(port: server.port, patience: patience)
    try connection.send(bytes)
    return connection.readAll()
  }

  func get(_ path: String, headers: String = "") throws -> String {
    try send("GET \(path) HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\(headers)\r\n")
  }

  func post(_ path: String, _ body: String, headers: String = "") throws -> String {
    try send(TestEndpoint.request(path, body, headers: "connection: close\r\n" + headers))
  }

  static func request(_ path: String, _ body: String, headers: String = "") -> String {
    "POST \(path) HTTP/1.1\r\nhost: x\r\ncontent-length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
  }

  /// The value of a figure in /metrics that has no other labels than the engine and the model.
  func metric(_ name: String, label: String = "") throws -> Double? {
    let labels = "engine=\"0\",model_name=\"test\"" + (label.isEmpty ? "" : ",\(label)")
    let prefix = "\(name){\(labels)} "
    let line = try get("/metrics").split(separator: "\n").first { $0.hasPrefix(prefix) }
    return line.flatMap { Double($0.dropFirst(prefix.count)) }
  }

  /// Waits until a figure of /metrics has a value, at most five seconds.
  func wait(for name: String, label: String = "", toBe value: Double) async throws -> Bool {
    for _ in 0..<100 {
      if try metric(name, label: label) == value { return true }
      try await Task.sleep(for: .milliseconds(50))
    }
    return false
  }
}
