import ArgumentParser
import TraceArchive
import TextAndBytes

/// `kavier trace schema`.
struct ShowTraceSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the llm-trace format as JSON Schema: trace.json, and requests in $defs.")

  func run() throws {
    try Failure.explained { try StandardStream.out.write(TraceSchema.json.document) }
  }
}
