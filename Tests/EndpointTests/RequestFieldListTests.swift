import Testing

@testable import Endpoint
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct RequestFieldListTests {
  private func read(
    _ api: CompletionRequest.API, _ name: String, _ value: String
  ) -> APIError? {
    let asked =
      switch api {
      case .chat: #""messages":[{"role":"user","content":"hi"}]"#
      case .completions: #""prompt":"hi""#
      case .responses: #""input":"hi""#
      }
    let body = name.isEmpty ? "{\(asked)}" : #"{"\#(name)":\#(value),\#(asked)}"#
    do throws(APIError) {
      _ = try CompletionRequest(
        api, body: Array(body.utf8), ProtocolContext(blockTokens: 16, hasPriorities: false))
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: CompletionRequest.API.allCases)
  func `every field of vLLM and OpenAI is spoken of`(api: CompletionRequest.API) {
    for name in VLLMFields.names(api) + VLLMFields.ofOpenAI(api) {
      #expect(RequestFieldList.treatment(of: name, in: api) != nil, "\(name)")
    }
    #expect(RequestFieldList.all(api).count >= 40)
  }

  @Test(arguments: CompletionRequest.API.allCases)
  func `what is refused is refused by name, and nothing asked for is no reason`(
    api: CompletionRequest.API
  ) {
    for (name, treatment) in RequestFieldList.all(api) {
      guard case .refused(let allowed) = treatment else { continue }
      for value in [#"{"some":[1]}"#, #"["x"]"#, "true", "7", #""x""#] {
        let error = read(api, name, value)
        #expect(error?.status == 400 && error?.field == name, "\(name): \(value)")
      }
      for value in ["null", "false", "[]", "{}", #""""#] + allowed.map(\.compact) {
        #expect(read(api, name, value) == nil, "\(name): \(value)")
      }
    }
  }

  /// Whoever honours a field finds out that it is not what it has to be.
  @Test(arguments: CompletionRequest.API.allCases)
  func `what is honoured is read`(api: CompletionRequest.API) {
    for (name, treatment) in RequestFieldList.all(api) where treatment == .honoured {
      let errors = [#"{"some":{"deep":[{}]}}"#, "[[{}]]", "-3.5"].map { read(api, name, $0) }
      // Messages and input are there twice; the first one counts.
      #expect(
        errors.contains { $0?.status == 400 && $0?.message.contains("'\(name)") == true }, "\(name)"
      )
    }
  }

  @Test(arguments: CompletionRequest.API.allCases)
  func `numbers of sampling are held to their range`(api: CompletionRequest.API) {
    for (name, treatment) in RequestFieldList.all(api) {
      guard case .sampling = treatment else { continue }
      #expect(read(api, name, "-7")?.field == name && read(api, name, #""x""#)?.field == name)
      #expect(read(api, name, "1") == nil && read(api, name, "null") == nil, "\(name)")
    }
  }

  @Test func `unknown fields are accepted, as vLLM accepts them`() {
    #expect(read(.chat, "nobody_knows", #"{"a":[1]}"#) == nil)
  }

  @Test func `a priority takes a scheduler that has some`() {
    #expect(read(.chat, "priority", "3")?.message.contains("does not serve by priority") == true)
    #expect(read(.chat, "priority", "0") == nil)
  }
}
