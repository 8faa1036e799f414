import Accuracy
import ServingModel
import ServingTestSupport
import SimKernel
import Testing

struct PreparedCaseTests {
  /// A step takes 1 ms, 10 us a prompt token, 100 us times the square of the decoding sequences.
  private let stepTime = TestStepTime(
    base: 1_000_000_000, perDecode: 100_000_000, perPrefillToken: 10_000_000)

  private func predict(
    _ case: MeasuredCase, _ names: [String]
  ) throws -> [String: Double] {
    let metrics = try names.map { try Metric(named: $0) }
    let prepared = try PreparedCase(`case`, try CaseSetUp(resolving: `case`), metrics: metrics)
    let values = prepared.run(stepTime: stepTime).values
    return Dictionary(
      uniqueKeysWithValues: zip(names, metrics).compactMap { name, metric in
        values[metric].map { (name, $0) }
      })
  }

  @Test func `a static batch is its prompts and then its steps`() throws {
    // 4 prompts of 100 tokens in one step: 1 + 4 = 5 ms. Then 10 steps of 1 + 1.6 = 2.6 ms.
    let values = try predict(
      measured(),
      ["e2e_batch", "prefill_batch", "tpot_mean", "e2e_per_output_token", "output_tput_total"])
    #expect(values["prefill_batch"] == 5)
    #expect(values["e2e_batch"] == 31)
    #expect(values["tpot_mean"] == 2.6)
    #expect(values["e2e_per_output_token"] == 31.0 / 11)
    #expect(values["output_tput_total"] == 44 / 0.031)
  }

  @Test func `a batch that a step's tokens do not hold takes further steps`() throws {
    let chunked = measured {
      $0.maxNumBatchedTokens = 200
      $0.maxNumSeqs = 4
      $0.output = StatedLength(mean: 1)
    }
    // Two steps with two prompts each.
    #expect(try predict(chunked, ["prefill_batch"]) == ["prefill_batch": 6])
  }

  @Test func `replicas share the load and add up`() throws {
    let two = measured {
      $0.accelerators = 2
      $0.load = .batch(8)
    }
    let values = try predict(two, ["e2e_batch", "output_tput_total"])
    #expect(values["e2e_batch"] == 31)
    #expect(values["output_tput_total"] == 88 / 0.031)
  }

  @Test func `a share that is no whole request counts as what it is`() throws {
    // 3 requests on 2 replicas: one has 2, and the other is taken to do 1 in the same time.
    let odd = measured {
      $0.accelerators = 2
      $0.load = .batch(3)
    }
    // 1 + 2 ms, then 10 steps of 1 + 0.4 ms.
    let values = try predict(odd, ["e2e_batch", "output_tput_total"])
    #expect(values["e2e_batch"] == 17)
    #expect(try #require(values["output_tput_total"]).isNear(33 / 0.017))
  }

  @Test func `a lone client sends one request after the other`() throws {
    let loop = measured { $0.load = .clients(1) }
    // 2 ms, then 10 steps of 1 + 0.1 ms.
    let values = try predict(loop, ["ttft_median", "tpot_median", "output_tput_total"])
    #expect(values["ttft_median"] == 2)
    #expect(values["tpot_median"] == 1.1)
    #expect(try #require(values["output_tput_total"]).isNear(11 / 0.013))
  }

  @Test func `clients with answers of one length do not stay in step`() throws {
    let loop = measured { $0.load = .clients(4) }
    // In step, all four prompts would share a step of 5 ms every time.
    #expect(try #require(try predict(loop, ["ttft_median"])["ttft_median"]) < 5)
  }

  @Test func `an odd mean of lengths is a uniform law`() throws {
    let loop = measured {
      $0.load = .clients(1)
      $0.prompt = StatedLength(nominal: 1000, mean: 900)
      $0.output = StatedLength(mean: 1)
    }
    // Prompts of 800 to 1000 tokens: 9 to 11 ms, in the middle 10.
    let values = try predict(loop, ["ttft_p50", "ttft_p99", "ttft_mean"])
    #expect(try #require(values["ttft_p99"]) <= 11)
    #expect(try #require(values["ttft_p99"]) > 10.5)
    #expect(abs(try #require(values["ttft_mean"]) - 10) < 0.4)
  }

  @Test func `everything at once counts every request`() throws {
    let flood = measured {
      $0.load = .atOnce
      $0.requests = 40
      $0.maxNumSeqs = 4
      $0.maxNumBatchedTokens = 400
    }
    let values = try predict(flood, ["output_tput_total", "ttft_mean"])
    #expect(try #require(values["output_tput_total"]).isNear(440 / 0.31))
    // Batch k begins after k batches of 31 ms.
    #expect(try #require(values["ttft_mean"]).isNear(5 + 4.5 * 31))
  }

  @Test func `arrivals at a low rate meet an idle engine`() throws {
    let open = measured {
      $0.load = .rate(0.01)
      $0.requests = 100
    }
    // 2 ms for the prompt, 10 steps of 1.1 ms.
    let values = try predict(open, ["ttft_mean", "itl_mean", "itl_median", "e2e_p90"])
    #expect(values["ttft_mean"] == 2)
    #expect(values["itl_mean"] == 1.1)
    #expect(abs(try #require(values["itl_median"]) - 1.1) < 0.003)
    #expect(values["e2e_p90"] == 13)
  }

  @Test func `recycled prompts are found in the cache`() throws {
    let open = measured {
      $0.load = .rate(0.01)
      $0.requests = 1000
      $0.isPrefixCached = true
    }
    // 96 of 100 tokens are whole blocks; about 100 of the 1000 prompts are new.
    let values = try predict(open, ["ttft_median", "ttft_mean"])
    #expect(values["ttft_median"] == 1.04)
    #expect(abs(try #require(values["ttft_mean"]) - 1.04 - 0.096) < 0.002)
  }

  @Test func `a recorded run is replayed`() throws {
    let run = measured {
      $0.load = .recorded(
        RecordedRequests(
          arrivals: [.init(seconds: 1), .init(seconds: 2)], promptTokens: [100, 300],
          outputTokens: [1, 11]))
    }
    let values = try predict(run, ["ttft_mean", "tpot_mean", "e2e_p99"])
    #expect(values["ttft_mean"] == 3)
    #expect(values["tpot_mean"] == 1.1)
    #expect(try #require(values["e2e_p99"]) < 15)
  }

  @Test func `prompts whose length nobody states are assumed`() throws {
    let energy = measured {
      $0.load = .meanBatch(1.4, maxNumSeqs: 8)
      $0.prompt = StatedLength()
      $0.workload = "gpqa"
    }
    let setUp = try CaseSetUp(resolving: energy)
    #expect(setUp.assumptions == ["prompts of 250 tokens, as gpqa have"])
    #expect(try predict(energy, ["ttft_mean"]) == ["ttft_mean": 3.5])
    #expect(throws: Unsupported("prompt lengths are not stated")) {
      var unknown = energy
      unknown.workload = "poems"
      _ = try PreparedCase(unknown, try CaseSetUp(resolving: unknown), metrics: [])
    }
  }

  @Test(arguments: [1e-300, 1e-30, 1e-6])
  func `a rate so low that a run does not end is refused`(rate: Double) throws {
    let slow = measured { $0.load = .rate(rate) }
    let fault = #expect(throws: Unsupported.self) {
      _ = try PreparedCase(slow, try CaseSetUp(resolving: slow), metrics: [])
    }
    #expect(fault?.reason.contains("take longer than the four years") == true)
  }

  @Test func `power is of all accelerators, energy of their output tokens`() throws {
    let metrics = [
      "gpu_power_avg_total", "gpu_power_avg_per_gpu", "energy_per_output_token",
      "output_tput_total",
    ]
    let one = try predict(measured(), metrics)
    let watts = try #require(one["gpu_power_avg_total"])
    // An H100 has 700 W, and a floor of 0.301 of them.
    #expect(watts > 0.301 * 700 && watts < 700)
    #expect(one["gpu_power_avg_per_gpu"] == watts)
    let throughput = try #require(one["output_tput_total"])
    #expect(try #require(one["energy_per_output_token"]).isNear(watts / throughput))

    let two = try predict(
      measured {
        $0.accelerators = 2
        $0.load = .batch(8)
      }, metrics)
    #expect(try #require(two["gpu_power_avg_total"]).isNear(2 * watts))
    #expect(try #require(two["gpu_power_avg_per_gpu"]).isNear(watts))
  }

  @Test func `replicas without a request are idle`() throws {
    let metrics = ["gpu_power_avg_total", "gpu_power_avg_per_gpu"]
    let one = try predict(measured { $0.load = .clients(1) }, metrics)
    let two = try predict(
      measured {
        $0.accelerators = 2
        $0.load = .clients(1)
      }, metrics)
    let watts = try #require(one["gpu_power_avg_total"])
    #expect(try #require(two["gpu_power_avg_total"]).isNear(watts + 0.11 * 700))
    #expect(try #require(two["gpu_power_avg_per_gpu"]).isNear((watts + 0.11 * 700) / 2))
  }

  @Test func `power counts from the first arrival on`() throws {
    func run(from start: Double) throws -> Double? {
      let run = measured {
        $0.load = .recorded(
          RecordedRequests(
            arrivals: [.init(seconds: start), .init(seconds: start + 1)], promptTokens: [100, 300],
            outputTokens: [1, 11]))
      }
      return try predict(run, ["gpu_power_avg_total"])["gpu_power_avg_total"]
    }
    let late = try #require(try run(from: 100))
    let early = try #require(try run(from: 0))
    #expect(abs(late / early - 1) < 0.01)
  }

  @Test(arguments: [
    ("system_wall_power", "what servers draw beside their accelerators is not modelled"),
    (
      "system_energy_per_output_token",
      "what servers draw beside their accelerators is not modelled"
    ), ("cpu_power", "metric \"cpu_power\" is not known"),
    ("happiness", "metric \"happiness\" is not known"),
    ("ttft_p142", "metric \"ttft_p142\" is not known"),
    ("ttft_pnan", "metric \"ttft_pnan\" is not known"),
  ])
  func `figures that cannot be predicted say why`(name: String, reason: String) {
    #expect(throws: Unsupported(reason)) { try Metric(named: name) }
  }
}

extension Double {
  fileprivate func isNear(_ other: Double) -> Bool { abs(self / other - 1) < 1e-9 }
}
