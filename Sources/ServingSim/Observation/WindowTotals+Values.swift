import ServingModel

/// The figures of a window as two lists in one order, for files.
extension WindowTotals {
  package static let valueCount = 24
  package static let countCount = 5

  package var values: [Double] {
    prefillSteps.values + decodeSteps.values + [runningTime, waitingTime, usedBlockTime, offTime]
  }

  package var counts: [Int] { [arrived, finished, preemptions, lookedUpTokens, cachedTokens] }

  package init(values: [Double], counts: [Int]) {
    precondition(
      values.count == Self.valueCount && counts.count == Self.countCount,
      "another number of figures than a window has")
    prefillSteps = StepTotals(values: values[0..<10])
    decodeSteps = StepTotals(values: values[10..<20])
    runningTime = values[20]
    waitingTime = values[21]
    usedBlockTime = values[22]
    offTime = values[23]
    arrived = counts[0]
    finished = counts[1]
    preemptions = counts[2]
    lookedUpTokens = counts[3]
    cachedTokens = counts[4]
  }
}

extension StepTotals {
  fileprivate var values: [Double] {
    [
      steps, busy, prefillTokens, decodeTokens, sampledSequences, pairs, windowedPairs, context,
      windowedContext, weightBytes,
    ]
  }

  fileprivate init(values: ArraySlice<Double>) {
    let start = values.startIndex
    steps = values[start]
    busy = values[start + 1]
    prefillTokens = values[start + 2]
    decodeTokens = values[start + 3]
    sampledSequences = values[start + 4]
    pairs = values[start + 5]
    windowedPairs = values[start + 6]
    context = values[start + 7]
    windowedContext = values[start + 8]
    weightBytes = values[start + 9]
  }
}

/// The rates of a meter as a list, for files. The weights read by one step are left out: a
/// recording has the sum of them.
extension WorkMeter {
  package static let rateCount = 9

  package var rates: [Double] {
    [
      flopsPerToken, flopsPerSampledSequence, flopsPerPair, flopsPerWindowedPair,
      readBytesPerContext, readBytesPerWindowedContext, writtenBytesPerToken, peakCompute.rate,
      peakBandwidth.rate,
    ]
  }

  package init(rates: [Double]) {
    precondition(rates.count == Self.rateCount, "another number of rates than a meter has")
    self.init(
      flopsPerToken: rates[0], flopsPerSampledSequence: rates[1], flopsPerPair: rates[2],
      flopsPerWindowedPair: rates[3], readBytesPerContext: rates[4],
      readBytesPerWindowedContext: rates[5], writtenBytesPerToken: rates[6], weightBytes: [],
      peakCompute: FLOPsPerSecond(rates[7]), peakBandwidth: BytesPerSecond(rates[8]))
  }
}
