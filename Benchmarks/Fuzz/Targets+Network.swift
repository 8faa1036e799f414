import SimKernel
import Tracer

/// What servers answer.
let networkTargets = [
  Target(
    name: "events", seeds: Seeds.streams, command: "none: a server's answer", weight: 2
  ) { folder in
    let bytes = Files.read("\(folder)/stream.txt") ?? []
    var answer = StreamedAnswer()
    let middle = bytes.count / 2
    answer.feed(Array(bytes[..<middle]).span, at: 1)
    answer.feed(Array(bytes[middle...]).span, at: 2)
    answer.finish(at: 3)
    var document = StreamedAnswer()
    document.take(document: bytes.span, at: 1)
    document.finish(at: 2)
    _ = answer.countedChunks.count + document.countedChunks.count
    return answer.failure == nil
  },
  Target(
    name: "metrics-page", seeds: Seeds.metricsPages, command: "none: a server's metrics"
  ) { folder in
    !PrometheusText.samples(Files.read("\(folder)/metrics.txt") ?? []).isEmpty
  },
]
