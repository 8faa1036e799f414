import ServingModel
import SimKernel
import Testing

/// What engines pay whose accelerators stand in several servers.
struct RooflineNetworkTests {
  private func decode(
    _ parallelism: Parallelism, model: String = "llama-3.1-405b",
    on accelerator: String = "h100-sxm",
    isLinked: Bool = true, network: Network, tokens: Int = 32
  ) throws -> Double {
    let model = try #require(Models.named(model))
    var accelerator = try #require(Accelerators.named(accelerator))
    accelerator.network = network
    if !isLinked { accelerator.scaleUp = nil }
    let roofline = Roofline(
      model: model, accelerator: accelerator, parallelism: parallelism, maxNumBatchedTokens: 0,
      maxNumSeqs: 0)
    return roofline.duration(of: .decode(tokens, context: 1000, window: nil)).seconds
  }

  private func network(_ gigabytes: Double, _ size: Int = 8) -> Network {
    Network(bandwidth: .gigabytes(gigabytes), serverSize: size)
  }

  @Test func `two servers pay an exchange for each reduction`() throws {
    let coefficients = RooflineCoefficients.uncalibrated
    let model = try #require(Models.named("llama-3.1-405b"))
    let wide = Parallelism(tensor: 16)
    let far = try decode(wide, network: network(50))
    // The same group if one server held it, over the host's link of 64 GB/s.
    let near = try decode(wide, network: network(50, 16))
    // Two reductions a layer, and the head's gathering. Near: a ring of 16 over the host's link. Far:
    // rings of 8 over NVLink, and two halves of an eighth over the network.
    let exchanges = Double(2 * model.layers)
    let bytes = Double(32 * model.hiddenSize * 2)
    let nearRing = bytes * 2 * 15 / 16 / (64e9 * coefficients[.linkBandwidth])
    let farRings =
      bytes * 2 * 7 / 8 / (450e9 * coefficients[.linkBandwidth])
      + bytes / 8 / (50e9 * coefficients[.networkBandwidth])
    let logits = Double(32 * model.vocabularySize / 16 * 2)
    let nearHead = logits * 15 / (64e9 * coefficients[.linkBandwidth])
    let farHead =
      logits * 7 / (450e9 * coefficients[.linkBandwidth])
      + logits * 8 / (50e9 * coefficients[.networkBandwidth])
    let expected =
      exchanges * (coefficients[.networkLatency] + farRings - nearRing)
      + coefficients[.networkLatency] + farHead - nearHead
    #expect(abs(far - near - expected) < 1e-9)
  }

  @Test(arguments: [
    Parallelism(tensor: 16), Parallelism(tensor: 8, pipeline: 2),
    Parallelism(tensor: 4, data: 4, expert: 16),
  ])
  func `a slower network slows engines across it, and no other`(parallelism: Parallelism) throws {
    let model = parallelism.data > 1 ? "deepseek-v3" : "llama-3.1-405b"
    let times = try [200.0, 50, 12.5, 1].map {
      try decode(parallelism, model: model, network: network($0))
    }
    #expect(times == times.sorted() && times[0] < times[3])
    let inOne = try [200.0, 1].map {
      try decode(parallelism, model: model, on: "gb200", network: network($0))
    }
    #expect(inOne[0] == inOne[1])
  }

  @Test func `stages cross the network once each way, not in each layer`() throws {
    let coefficients = RooflineCoefficients.uncalibrated
    let model = try #require(Models.named("llama-3.1-405b"))
    let staged = Parallelism(tensor: 8, pipeline: 2)
    let far = try decode(staged, network: network(50))
    let near = try decode(staged, network: network(50, 16))
    // A micro-batch of 16 tokens; near goes over the host's link, since 16 are more than a domain.
    let bytes = Double(16 * model.hiddenSize * 2)
    let expected =
      2
      * (coefficients[.networkLatency] - coefficients[.stageLatency]
        + bytes / (50e9 * coefficients[.networkBandwidth])
        - bytes / (64e9 * coefficients[.linkBandwidth]))
    #expect(abs(far - near - expected) < 1e-9)
  }

  @Test func `more servers take more exchanges`() throws {
    let model = try #require(Models.named("llama-3.1-405b"))
    let latency = RooflineCoefficients.uncalibrated[.networkLatency]
    let times = try [8, 4, 2, 1].map { size in
      try decode(
        Parallelism(tensor: 16), isLinked: false, network: network(50, size), tokens: 1)
    }
    // A token's vectors are small: what counts is that 2, 4, 8 and 16 servers take 1 to 4 exchanges.
    for (fewer, more) in zip(times, times.dropFirst()) {
      #expect(abs((more - fewer) / (latency * Double(2 * model.layers + 1)) - 1) < 0.2)
    }
  }
}
