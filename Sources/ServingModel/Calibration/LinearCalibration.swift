package import SimKernel

/// Measured step times and latencies of servers, by their names.
package struct LinearCalibration: Hashable, Sendable {
  /// What it was fitted to, in a sentence.
  package var source: String
  package var servers: [CalibratedServer]

  package init(source: String, servers: [CalibratedServer]) {
    self.source = source
    self.servers = servers
  }

  package subscript(server: String) -> CalibratedServer? { servers.first { $0.name == server } }
}

/// What was measured of one server.
package struct CalibratedServer: Hashable, Sendable {
  package var name: String
  package var stepTime: LinearStepTime.Coefficients
  /// Between a client and the engine, both ways together.
  package var frontendLatency: SimDuration
  /// From the end of an answer to a closed loop's next request.
  package var thinkTime: SimDuration

  package init(
    name: String, stepTime: LinearStepTime.Coefficients, frontendLatency: SimDuration,
    thinkTime: SimDuration
  ) {
    self.name = name
    self.stepTime = stepTime
    self.frontendLatency = frontendLatency
    self.thinkTime = thinkTime
  }
}
