import ServingModel
import TraceArchive
import TextAndBytes

/// Every trace format: read as a replay does, described, checked, fitted, and written.
let traceTargets =
  Seeds.traces.map { format, seeds in
    Target(
      name: "trace-\(format)", seeds: seeds,
      command: "kavier trace stats DIR/\(seeds[0].files[0].name)"
    ) { folder in
      let path = "\(folder)/\(seeds[0].files[0].name)"
      let options = TraceReadOptions(format: TraceFormat(rawValue: format), sort: true)
      _ = TraceValidation.run(path: path, options: options).text
      let (statistics, _, _) = try TraceStatistics.read(path: path, options: options)
      _ = statistics.text + statistics.json.document
      _ = try? TraceFit.profile(path: path, options: options)
      _ = try RequestTrace.read(path: path, options: options)
      return true
    }
  } + [
    Target(
      name: "trace-profile", seeds: Seeds.traceProfiles,
      command: "kavier trace generate DIR/profile.json --requests 50 --out /tmp/generated"
    ) { folder in
      let profile = try TraceProfile.read(path: "\(folder)/profile.json")
      let sink = CountingSink()
      _ = try TraceGenerator(profile, seed: 1, length: .requests(50)).generate(into: sink)
      return sink.count > 0
    },
    Target(
      name: "archive", seeds: [Seeds.manifest],
      command: "kavier trace archive list DIR/manifest.json"
    ) { try !ArchiveManifest.read(path: "\($0)/manifest.json").isEmpty },
  ]

private final class CountingSink: TraceSink {
  var count = 0
  func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {}
  func take(_ record: TraceRecord) throws(FileProblem) { count += 1 }
}
