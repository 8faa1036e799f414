import ServingModel
import SimKernel

/// A case's figures as a few representative steps make them: cheap enough to be priced thousands
/// of times. It need not be right, only bend as the simulation does when step times change; the
/// simulation sets its level in each round of the fit.
struct CaseSketch: Sendable {
  /// The mean decode step, the same with a chunk of a prompt, and a step of prompts alone.
  private var decode = StepWork()
  private var mixed = StepWork()
  private var prefill = StepWork()
  /// Of the steps, how many have a chunk in them, and how many chunks a prompt takes.
  private var mixedShare = 0.0
  private var chunks = 1.0
  private var prefillSteps = 1.0
  private var outputTokens: Double
  private var isClosed = false
  /// Other clients, times the tokens of a prompt that are computed.
  private var crowd = 0.0

  /// Of a case with `batch` requests decoding on average, as a simulation says.
  init(_ measured: MeasuredCase, _ setUp: CaseSetUp, batch: Double) {
    let lengths = measured.meanLengths
    let promptTokens = measured.isPrefixCached ? min(lengths.prompt, 8) : lengths.prompt
    self.init(
      batch: measured.sketchBatch(batch, setUp), promptTokens: promptTokens,
      outputTokens: lengths.output, setUp: setUp, isStatic: measured.isStatic)
    isClosed = measured.isClosed
    if case .clients(let clients) = measured.load {
      crowd = Double(clients - 1) * promptTokens
    }
  }

  /// With `batch` requests decoding on average.
  private init(
    batch: Double, promptTokens: Double, outputTokens: Double, setUp: CaseSetUp, isStatic: Bool
  ) {
    self.outputTokens = outputTokens
    let window = setUp.model.layerKinds.windowed > 0 ? setUp.model.layerKinds.window : nil
    let budget = Double(setUp.limits.maxNumBatchedTokens)
    let sequences = max(1, batch.rounded())
    decode.decodeSequences = Int(sequences)
    let context = promptTokens + outputTokens / 2
    decode.decodeContext = Int(sequences * context)
    if let window { decode.decodeWindowedContext = Int(sequences * min(context, Double(window))) }

    let room = max(1, budget - sequences)
    let perStep = (batch - 1) * promptTokens / max(1, outputTokens)
    let chunk = min(max(promptTokens, min(perStep, room)), room)
    chunks = max(1, promptTokens / chunk)
    mixedShare = min(1, max(0, perStep / chunk))
    mixed = decode
    mixed.addPrompt(tokens: chunk, length: promptTokens, window: window)
    let all = sequences * promptTokens
    let step = min(all, budget)
    prefillSteps = max(1, all / budget)
    prefill.addPrompt(tokens: step, length: promptTokens, window: window)
    if isStatic { mixedShare = 0 }
  }

  /// Of prompts for each other in a closed loop, in seconds, beyond what the simulation has.
  func wait(_ time: any StepTimeModel, _ frontend: Frontend) -> Double {
    guard isClosed else { return 0 }
    return frontend.promptQueueing * meanWait(time) + frontend.promptCrowding * crowd
  }

  /// Were arrivals random: that of an M/D/1 queue, rho S / (2 (1 - rho)), whose service is what a
  /// prompt adds to the steps.
  private func meanWait(_ time: any StepTimeModel) -> Double {
    let decode = time.duration(of: decode).seconds
    let added = time.duration(of: mixed).seconds - decode
    let busy = min(0.9, mixedShare * added / (decode + mixedShare * added))
    return busy * chunks * added / (2 * (1 - busy))
  }

  /// Proportional to `metric` for small changes of `time` and `frontend` (seconds); throughputs
  /// are inverted times. nil for what step times are not fitted to.
  func value(
    of metric: Metric, _ time: any StepTimeModel, frontend: Frontend
  ) -> Double? {
    let decode = time.duration(of: decode).seconds
    let mixed = mixedShare > 0 || metric.isFirstToken ? time.duration(of: mixed).seconds : decode
    let perToken = decode + mixedShare * (mixed - decode)
    switch metric {
    case .latency(.ttft, _):
      return frontend.latency + (1.5 + frontend.streamSteps) * perToken + chunks * mixed
        + wait(time, frontend)
    case .latency(.tpot, _), .latency(.itl, .mean), .meanGap: return perToken
    case .latency(.itl, .quantile(let share)):
      return share > 1 - mixedShare ? mixed : decode
    case .latency(.e2e, _):
      return frontend.latency + outputTokens * perToken + chunks * mixed
    case .outputThroughput: return 1 / perToken
    case .batchEndToEnd, .endToEndPerOutputToken:
      return frontend.latency + outputTokens * decode + prefillSteps
        * time.duration(of: prefill).seconds
    case .batchPrefill: return frontend.latency + prefillSteps * time.duration(of: prefill).seconds
    case .power, .powerPerAccelerator, .energyPerOutputToken: return nil
    }
  }
}

extension Metric {
  fileprivate var isFirstToken: Bool {
    switch self {
    case .latency(.ttft, _), .latency(.e2e, _): true
    default: false
    }
  }
}

extension StepWork {
  /// `tokens` of prompts of `length`, from the middle of one when they are fewer.
  fileprivate mutating func addPrompt(tokens: Double, length: Double, window: Int?) {
    let whole = min(tokens, length)
    let sequences = max(1, tokens / max(1, length))
    let before = (length - whole) / 2
    let pairs = sequences * (whole * before + whole * (whole + 1) / 2)
    prefillSequences += Int(sequences.rounded())
    prefillTokens += Int(tokens.rounded())
    prefillContext += Int(sequences * before)
    prefillPairs += Int(pairs)
    if let window {
      prefillWindowedPairs += Int(min(pairs, sequences * whole * Double(window)))
    }
  }
}

extension MeasuredCase {
  /// Mean tokens of prompts and answers.
  var meanLengths: (prompt: Double, output: Double) {
    guard case .recorded(let requests) = load else { return (meanPrompt ?? 1, meanOutput ?? 1) }
    func mean(_ tokens: [Int32]) -> Double {
      tokens.reduce(0.0) { $0 + Double($1) } / Double(max(1, tokens.count))
    }
    return (mean(requests.promptTokens), mean(requests.outputTokens))
  }

  /// The batch of a mean decode step, of which the simulation says `simulated`.
  func sketchBatch(_ simulated: Double, _ setUp: CaseSetUp) -> Double {
    if case .batch(let size) = load { return Double(size) / Double(setUp.ranks) }
    return simulated
  }

  var isClosed: Bool {
    switch load {
    case .clients, .meanBatch: true
    default: false
    }
  }

  var isStatic: Bool {
    if case .batch = load { true } else { false }
  }
}
