import ArgumentParser

@main
struct Kavier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kavier", abstract: "Simulates LLM serving.")
}
