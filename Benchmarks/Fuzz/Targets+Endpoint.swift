import Endpoint

/// What clients send to `kavier serve`, and the tokenizers that it counts with.
let endpointTargets = [
  Target(
    name: "request", seeds: Seeds.requests, command: "none: a client's request", weight: 3
  ) { folder in
    let body = Files.read("\(folder)/body.json") ?? []
    let context = ProtocolContext(
      .bytes(ByteVocabulary()), blockTokens: 16, contextLength: 1 << 17)
    var isTaken = false
    for api in CompletionRequest.API.allCases {
      guard let request = try? CompletionRequest(api, body: body, context) else { continue }
      isTaken = (try? request.scripts(context)) != nil || isTaken
    }
    return isTaken
  },
  Target(
    name: "tokenizer", seeds: Seeds.tokenizers,
    command: "kavier serve --tokenizer DIR/tokenizer.json"
  ) { folder in
    let tokenizer = try Tokenizer.read(json: Files.text("\(folder)/tokenizer.json") ?? "")
    let body = #"{"prompt":["the sea, thé ships!  \\n\\n 1234","<s>x</s>"],"stop":"a b"}"#
    let context = ProtocolContext(.tokenizer(tokenizer), blockTokens: 16, contextLength: 1 << 17)
    return try CompletionRequest(.completions, body: Array(body.utf8), context)
      .scripts(context).count == 2
  },
]
