import ArgumentParser
import TraceArchive
import TextAndBytes

/// `kavier trace import`.
struct ImportTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Read a trace of any format and write it as llm-trace.",
    discussion: """
      kavier trace import AzureLLMInferenceTrace_conv.csv
      kavier trace import requests.csv --map arrival=Time --map input_tokens=In \
      --map output_tokens=Out --out mine

      Rows are read one by one, so a trace may be larger than the memory; --sort needs room for \
      all of them. Nothing is lost: what has no column goes to extra.
      """)

  @OptionGroup var input: TraceInput

  @Option(
    help: ArgumentHelp(
      "The directory to write. Without it, the source's name with .llm-trace.",
      valueName: "directory"), completion: .directory)
  var out: String?

  @Option(help: "How requests are written.")
  var encoding: LLMTraceWriter.Encoding = .csv

  @Flag(help: "Put rows in order of arrival.")
  var sort = false

  @Flag(help: "Replace a trace that is there.")
  var replace = false

  func run() throws {
    try Failure.explained {
      let directory = out ?? TraceImport.stem(of: input.trace) + ".llm-trace"
      let reading = try TraceImport.run(
        path: input.trace, options: input.options(sort: sort), to: directory,
        encoding: encoding, replaces: replace)
      for line in [reading.said(of: input.trace)] + reading.doubts { StandardStream.problem(line) }
      try StandardStream.out.write(TraceSummary.text(reading, directory: directory))
      for problem in reading.problems.problems { StandardStream.problem(problem.description) }
    }
  }
}
