import ServingModel

/// What the page says beside the fields.
extension ReferencePage {
  static let beginning = """
    # Scenario reference

    Every field of a scenario file: what may be written, its default, and what it
    does.

    ## Overview

    A scenario is YAML or JSON. Its fields form a tree. A path like
    `fleet.engine.max_num_seqs` names one of them, also in error messages and in
    `--set PATH=VALUE`. In a list an index from 0 takes the place of a name:
    `fleet.1.replicas`.

    Unknown fields are errors. `kavier plan FILE` shows every value of a scenario,
    defaults included, and where it comes from. `kavier explain PATH` prints the
    entry of a field or a section. The shipped scenarios are in `Examples`.

    Each entry below says first what may be written, in the words of the error
    message. `make reference` writes this page from the program.
    """

  static var units: String {
    """
    ## Units

    A number with a dimension carries its unit, with or without a space: `30 s`,
    `80GiB`.

    \(list(UnitTable.all.map { "\($0.name): \($0.units.joined(separator: ", "))" }))

    Whole numbers may be grouped (`1_000_000`) or written as `1e6`.
    """
  }

  static var bounds: String {
    let tables = UnitTable.all.map { "\($0.name): \($0.bounds)" }
    let numbers = Bounds<Double>.all.map { "\($0.name): \($0.words)" }
    let sizes = Bounds<Int>.sizes.map { "\($0.name): \($0.words)" }
    return """
      ## Bounds

      A number outside these bounds is refused where it is read: nothing that is
      built, measured or paid for has it. Some fields allow 0 as well.

      \(list(tables + numbers + sizes))
      """
  }

  static let memory = """
    ## Memory

    A scenario that needs more memory than this machine has is refused before it is
    run, with the memory that it needs: about 120 bytes a request, more with
    conversations, deadlines and bills, and some tens of kB a replica.
    `--memory-limit 8GiB` sets another limit than the machine's memory.
    """

  static var tables: String {
    """
    ## Length tables

    `table` of a distribution of lengths names one of these.
    `Sources/ServingModel/Lengths/LengthTables.swift` has the source of each.

    \(list(LengthTables.all.map { "`\($0.id)`: \($0.summary)" }))
    """
  }

  private static func list(_ items: [String]) -> String {
    items.flatMap { item($0) }.joined(separator: "\n")
  }
}
