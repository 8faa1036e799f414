import NIOCore
import Testing
import TracerTestSupport

@testable import Tracer
import TextAndBytes

/// What users get wrong before a load, each told in a sentence.
@Suite(.timeLimit(.minutes(30))) struct ServerCheckTests {
  private func described(
    _ server: PathServer, _ path: String = "", models: [String] = []
  ) async throws -> (server: ServerDescription, problem: String?) {
    guard let origin = Origin(server.url + path) else { throw NoAddress() }
    let described = await Recorder.describe(
      ServerCheck(origin, security: nil, headers: []), engine: nil, models: models)
    await server.stop()
    return described
  }

  @Test(arguments: ["", "/", "/v1", "/v1/"])
  func `the address with and without v1 is the same`(path: String) async throws {
    let server = try await PathServer(["GET /v1/models": PathServer.list("m")])
    #expect(try await described(server, path, models: ["m"]).problem == nil)
  }

  @Test(arguments: ["/v1/v1", "/v1/completions", "/v1/chat/completions", "/api/v1", "/foo"])
  func `a wrong path is told, with the right one`(path: String) async throws {
    let server = try await PathServer(["GET /v1/models": PathServer.list("m")])
    let problem = try await described(server, path).problem ?? ""
    #expect(problem.contains("is no OpenAI endpoint"), "\(problem)")
    #expect(problem.hasSuffix("did you mean \(server.url)?"), "\(problem)")
    #expect(!problem.contains("\n"))
  }

  @Test func `one that lacks a path, or sends on, too`() async throws {
    let gateway = try await PathServer(["GET /openai/v1/models": PathServer.list("m")])
    let missing = try await described(gateway).problem ?? ""
    #expect(missing.hasSuffix("did you mean \(gateway.url)/openai?"), "\(missing)")
    let login = try await PathServer([:], others: 302)
    #expect(try await described(login).problem?.contains("HTTP 302") == true)
    let key = try await PathServer([:], others: 401)
    #expect(try await described(key).problem?.contains("refuses the key (HTTP 401)") == true)
  }

  @Test func `a server without a list of models is taken as it is`() async throws {
    let server = try await PathServer(["POST /v1/completions": "{}"])
    #expect(try await described(server, models: ["m"]).problem == nil)
  }

  @Test func `a model that is not there is told, with those that are`() async throws {
    let server = try await PathServer(["GET /v1/models": PathServer.list("llama-8b", "qwen")])
    let problem = try await described(server, models: ["qwen", "lama-8b"]).problem ?? ""
    #expect(
      problem
        == "\(server.url) has no model \"lama-8b\"; it has llama-8b, qwen; did you mean \"llama-8b\"?"
    )
  }

  @Test func `vLLM's settings are those of its pages`() async throws {
    let server = try await PathServer([
      "GET /v1/models": PathServer.list("m", owner: "vllm", more: #","max_model_len":8192"#),
      "GET /version": #"{"version":"0.32.0"}"#,
      "GET /metrics": """
      vllm:cache_config_info{block_size="32",enable_prefix_caching="True",engine="0",\
      gpu_memory_utilization="0.92",num_gpu_blocks="4096",num_cpu_blocks="None"} 1.0

      """,
    ])
    let described = try await described(server).server
    #expect(described.engine == .vLLM && described.version == "0.32.0")
    let settings = described.settings.map { "\($0.name)=\($0.value.compact)" }
    #expect(
      settings == [
        "max_model_len=8192", "block_size=32", "num_gpu_blocks=4096",
        "gpu_memory_utilization=0.92", "enable_prefix_caching=true",
      ])
  }

  @Test func `SGLang's settings have vLLM's names`() async throws {
    let server = try await PathServer([
      "GET /v1/models": PathServer.list("m", owner: "sglang", more: #","max_model_len":4096"#),
      "GET /get_server_info": """
      {"version":"0.5.2","max_running_requests":64,"chunked_prefill_size":2048,"page_size":16,
      "context_length":null,"max_total_num_tokens":32000,"disable_radix_cache":true}
      """,
    ])
    let described = try await described(server).server
    let settings = described.settings.map { "\($0.name)=\($0.value.compact)" }
    #expect(described.version == "0.5.2")
    #expect(
      settings == [
        "max_model_len=4096", "max_num_seqs=64", "max_num_batched_tokens=2048", "block_size=16",
        "num_gpu_blocks=2001", "enable_prefix_caching=false",
      ])
  }
}
