import ArgumentParser
import Impact
import Report
import Scenarios
import ServingModel
import TextAndBytes

/// `kavier catalog`.
struct Catalog: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what a scenario can name: accelerators, models, grids, costs.",
    discussion: """
      kavier catalog accelerators
      kavier catalog models llama-3.1-8b
      """,
    subcommands: [ListAccelerators.self, ListModels.self, ListGrids.self, ListCosts.self])

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }
}

struct ListAccelerators: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accelerators", abstract: "List accelerators, or explain one.")

  @Argument(help: "Explain this one.", completion: .list(Accelerators.all.map(\.id)))
  var name: String?

  @Option(help: "What standard output gets.")
  var format: Catalog.Format = .text

  func run() throws {
    try CatalogPage(
      kind: "accelerator", named: name, all: Accelerators.all, find: Accelerators.named,
      guesses: HardwareNames.accelerators, table: CatalogTable.text, entry: CatalogEntry.init
    ).write(format)
  }
}

struct ListModels: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List models, or explain one.")

  @Argument(
    help: "Explain this one: a catalogue name or a Hugging Face repository.",
    completion: .list(Models.all.map(\.id)))
  var name: String?

  @Option(help: "What standard output gets.")
  var format: Catalog.Format = .text

  func run() throws {
    try CatalogPage(
      kind: "model", named: name, all: Models.all, find: Models.named,
      guesses: HardwareNames.models, table: CatalogTable.text, entry: CatalogEntry.init
    ).write(format)
  }
}

/// What the two lists have in common.
private struct CatalogPage<Item> {
  var kind: String
  var named: String?
  var all: [Item]
  var find: (String) -> Item?
  var guesses: (String) -> [String]
  var table: ([Item]) -> String
  var entry: (Item) -> CatalogEntry

  func write(_ format: Catalog.Format) throws {
    try Failure.explained {
      try StandardStream.out.write(try text(format))
    }
  }

  private func text(_ format: Catalog.Format) throws -> String {
    guard let named else {
      return format == .text ? table(all) : JSON.array(all.map { entry($0).json }).document
    }
    guard let item = find(named) else {
      let hint = Spelling.hint(guesses(named))
      StandardStream.problem(
        "no \(kind) \"\(named)\" in the catalogue\(hint.isEmpty ? ";" : hint) kavier catalog \(kind)s lists all"
      )
      throw ExitCode(Failure.badInput)
    }
    return format == .text ? entry(item).text : entry(item).json.document
  }
}

struct ListGrids: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grids", abstract: "List the electricity of countries, by code.")

  @Option(help: "What standard output gets.")
  var format: Catalog.Format = .text

  func run() throws {
    try Failure.explained {
      try StandardStream.out.write(
        format == .text ? CatalogTable.text(Grids.all) : CostCatalogue.grids.document)
    }
  }
}

struct ListCosts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "costs", abstract: "List rents and embodied carbon of accelerators.")

  @Option(help: "What standard output gets.")
  var format: Catalog.Format = .text

  func run() throws {
    try Failure.explained {
      try StandardStream.out.write(
        format == .text ? CatalogTable.costs(Accelerators.all) : CostCatalogue.costs.document)
    }
  }
}
