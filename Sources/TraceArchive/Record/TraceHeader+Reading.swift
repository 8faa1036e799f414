package import TextAndBytes

/// The keys of `trace.json` with the values they may have. The JSON Schema is made of the same list.
struct HeaderField {
  enum Kind: Hashable {
    case text
    case flag
    case integer(ClosedRange<Int64>)
    case number
    case choice([String])
    case texts
    case any
  }

  var path: [String]
  var kind: Kind
  var meaning: String

  private init(_ path: String, _ kind: Kind, _ meaning: String) {
    self.path = path.split(separator: ".").map(String.init)
    self.kind = kind
    self.meaning = meaning
  }

  private static let count = Kind.integer(0 ... .max)

  static let all: [HeaderField] = [
    .init("format_version", .choice(["1", "1.0"]), "The version of this format."),
    .init("name", .text, "A short name."),
    .init("title", .text, "A title."),
    .init("description", .text, "What was recorded."),
    .init("source.url", .text, "Where the original is published."),
    .init("source.path", .text, "The file that was read."),
    .init("source.format", .text, "The format it was in."),
    .init("source.sha256", .text, "Its checksum."),
    .init("source.bytes", count, "Its size."),
    .init("licence.spdx", .text, "The licence's SPDX identifier."),
    .init("licence.attribution", .text, "Who has to be named."),
    .init("licence.redistributable", .flag, "Whether the licence lets anybody pass it on."),
    .init("citation", .text, "The publication to cite."),
    .init(
      "provenance",
      .choice([
        "production", "sampled_production", "benchmark_run", "synthetic", "derived", "digitised",
      ]), "How the trace came about."),
    .init("collection", .any, "System, model, hardware and region it was recorded on."),
    .init("time.origin", .text, "The date and time of arrival 0."),
    .init("time.zone", .text, "The zone of the source's times."),
    .init("time.span_us", count, "From the first arrival to the last."),
    .init("time.resolution_us", .number, "The smallest step of the source's clock."),
    .init("time.quantised_tick_us", count, "Arrivals are whole numbers of this."),
    .init("time.rescaled", .number, "Times were multiplied by this."),
    .init("tokenizer", .text, "What counted the tokens."),
    .init(
      "tokens.input_semantics", .choice(["full", "new_only"]),
      "Whether input_tokens is the whole prompt or only what a turn adds."),
    .init("tokens.clipped_at", count, "Longer prompts were cut or left out."),
    .init(
      "hashing.kind", .choice(TraceHeader.Hashing.Kind.allCases.map(\.rawValue)),
      "What an id in prefix_ids stands for."),
    .init(
      "hashing.scope", .choice(PrefixBlocks.Scope.allCases.map(\.rawValue)),
      "Where equal ids are equal blocks."),
    .init(
      "hashing.partial_block", .choice(["included", "excluded"]),
      "Whether a last block that is not full has an id."),
    .init("hashing.block_size", .integer(1...1_000_000), "Tokens a block."),
    .init(
      "arrival_mode", .choice(["open", "closed", "mixed"]), "Whether requests wait for others."),
    .init("sampling.fraction", .number, "The share of the original's rows."),
    .init("sampling.note", .text, "How rows were chosen."),
    .init("rows.read", count, "Rows of the source."),
    .init("rows.written", count, "Rows of this trace."),
    .init("rows.dropped", .any, "Rows left out, by reason."),
    .init("columns", .texts, "Columns that have a value somewhere."),
    .init("transforms", .any, "What was done to the trace, in order."),
    .init("stats", .any, "Figures of the rows, to check them by."),
    .init("known_issues", .texts, "What a user has to know."),
  ]

  /// nil: the value will do. Otherwise what is allowed.
  func fault(of value: JSON) -> String? {
    switch (kind, value) {
    case (.text, .string), (.flag, .bool), (.any, _): return nil
    case (.number, _) where value.double != nil: return nil
    case (.texts, .array(let items)) where items.allSatisfy { $0.text != nil }: return nil
    case (.choice(let words), _) where words.contains(Self.plain(value)): return nil
    case (.integer(let bounds), _):
      if let number = value.integer, bounds.contains(number) { return nil }
    default: break
    }
    return allowed
  }

  static func plain(_ value: JSON) -> String { value.text ?? value.compact }

  private var allowed: String {
    switch kind {
    case .text: "a text is needed"
    case .flag: "allowed are true and false"
    case .integer(let bounds):
      "allowed are whole numbers from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .number: "a number is needed"
    case .choice(let words): "allowed are \(words.joined(separator: ", "))"
    case .texts: "a list of texts is needed"
    case .any: ""
    }
  }
}

extension TraceHeader {
  /// Reads and checks a `trace.json`.
  package static func read(path: String) throws(FileProblems) -> TraceHeader {
    let json: JSON
    do throws(FileProblem) {
      json = try JSON.file(path)
    } catch {
      throw FileProblems(error)
    }
    var problems = FileProblems()
    let header = TraceHeader(json)
    if json.fields == nil {
      problems.add(FileProblem(file: path, line: 1, message: "no JSON object: expected '{'"))
    }
    for field in HeaderField.all {
      guard let value = value(of: json, field.path[...]), let fault = field.fault(of: value)
      else { continue }
      let found = excerpt(HeaderField.plain(value))
      let name = field.path.joined(separator: ".")
      problems.add(FileProblem(file: path, message: "\(name): found \(found); \(fault)"))
    }
    guard problems.isEmpty else { throw problems }
    return header
  }
}
