import KavierOriginal
import Testing

struct ServiceTimesTests {
  private func times(_ kvCache: Bool = true, _ fixes: Set<Correction> = []) throws -> ServiceTimes {
    let behaviour = Behaviour(.v0_1_0, correcting: fixes)
    let settings = try OriginalSettings(gpu: "A10", model: "Llama-3-8B", behaviour)
    return ServiceTimes(settings.gpu, settings.model, hasKVCache: kvCache, behaviour)
  }

  @Test func `a prompt token takes its arithmetic at 30 percent of the peak`() throws {
    let times = try times()
    #expect(times.prefill(0) == 0.025)
    #expect(abs(times.prefill(1000) - 0.025 - 0.4266666666666667) < 1e-12)
  }

  @Test func `an output token takes the weights at 60 percent of the bandwidth`() throws {
    // 16 GB at 360 GB/s.
    let times = try times()
    #expect(abs(times.decode(1, after: 9) - 16.0 / 360) < 1e-15)
    #expect(abs(times.decode(100, after: 9) - 1600.0 / 360) < 1e-12)
  }

  @Test func `without a KV cache each token computes those before it`() throws {
    let token = 16.0 / 360
    let published = try times(false).decode(4, after: 100)
    let corrected = try times(false, [.prompt]).decode(4, after: 100)
    #expect(abs(published - 10 * token) < 1e-12)
    #expect(abs(corrected - 410 * token) < 1e-9)
  }

  @Test func `the first token can be the prefill's`() throws {
    let token = 16.0 / 360
    let times = try times(true, [.firstToken])
    #expect(abs(times.decode(4, after: 1) - 3 * token) < 1e-12)
    #expect(times.decode(0, after: 1) == 0)
  }
}
