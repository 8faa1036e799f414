import TextAndBytes

/// What is recorded and how, as the recording itself says it.
package struct RecordingSetUp: Sendable {
  package var origin: Origin
  package var server: ServerDescription
  /// Whose settings these are, for calibrations; by default the engine's name.
  package var serverName: String
  package var model: String
  package var workload: LoadWorkload
  package var style: RequestStyle
  package var options: LoadOptions
  package var timeScale: Double

  package init(
    origin: Origin, server: ServerDescription, serverName: String, model: String,
    workload: LoadWorkload, style: RequestStyle, options: LoadOptions, timeScale: Double
  ) {
    self.origin = origin
    self.server = server
    self.serverName = serverName
    self.model = model
    self.workload = workload
    self.style = style
    self.options = options
    self.timeScale = timeScale
  }

  /// The object `collection` of trace.json, as far as it is known before the load.
  var collection: JSON {
    var json = JSON.object([
      .init("system", .string(server.engine.rawValue)), .init("server", .string(serverName)),
      .init("model", .string(model)), .init("url", .string(origin.description)),
      .init("workload", .string(workload.description)),
      .init("settings", .object(server.settings.map { .init($0.name, $0.value) })),
    ])
    var load = JSON.object([
      .init("mode", .string(options.concurrency == nil ? "open" : "closed")),
      .init("prompts", .string(style.kind.rawValue)), .init("ignore_eos", .bool(ignoresEnd)),
    ])
    load["prompt_seed"] = .integer(Int64(clamping: style.writer.seed))
    if let clients = options.concurrency { load["concurrency"] = .integer(Int64(clients)) }
    if timeScale != 1 { load["time_scale"] = .decimal(timeScale) }
    json["load"] = load
    json["version"] = server.version.map { .string($0) }
    json["round_trip_us"] = server.roundTrip.map { .integer($0) }
    return json
  }

  private var ignoresEnd: Bool { style.ignoresEnd && server.engine != .openAI }
}
