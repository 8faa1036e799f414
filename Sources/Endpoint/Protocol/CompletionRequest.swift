import ServingModel
import ServingSim
import TextAndBytes

/// What a client asks of one of the APIs that answer with text: how long the prompts are, what they
/// have in common with others, how long the answers may be and what form they have.
package struct CompletionRequest: Sendable {
  package enum API: Sendable, CaseIterable {
    case completions
    case chat
    case responses
  }

  var api: API
  /// nil: whatever there is.
  var model: String?
  /// One, or for a completion several.
  var prompts: [PromptDigest] = []
  /// Answers to each prompt.
  var answersPerPrompt = 1
  /// Tells answers apart that are asked for with different seeds; nil: none was given.
  var seed: UInt64?
  /// nil: as many as the context has room for.
  var maxTokens: Int?
  var stops = StopConditions()
  /// True: the answer has `maxTokens` tokens, whatever its natural length.
  var ignoresEnd = false
  var form = AnswerForm.free
  var tools: [Tool] = []
  /// The prompt stands before the answer; of a completion.
  var echoes = false
  /// Alternatives told with each token; nil: logarithms of probabilities are not told.
  var logprobs: Int?
  /// Tokens are told as `token_id:1`.
  var namesTokensByID = false
  var tellsTokenIDs = false
  var isStream = false
  /// A last message with the token counts.
  var includesUsage = false
  /// Token counts in every message.
  var hasContinuousUsage = false
  /// The simulated time of the tokens in every message.
  var includesSimulatedTime = false
  /// Tokens that a message of a stream has at least, but for the first and the last.
  var streamInterval = 1
  /// vLLM's sense: lower is served first.
  var priority: Int32 = 0
  /// The conversation it belongs to, by the field `session_id` or `user`.
  var session: Int32?
  /// The end user it is sent for, by the field `user`.
  var user: String?
  /// The client's name for it.
  var id: String?
  /// What a response repeats of its request.
  var repeated: [JSON.Field] = []

  init(api: API) { self.api = api }

  var minTokens: Int { stops.minTokens }

  /// What it says of itself: who sends it for whom is its tenant.
  var traits: LiveTraits {
    var traits = LiveTraits()
    traits[.model] = model
    traits[.tenant] = user
    traits[.maxTokens] = maxTokens.map { Int64($0) }
    return traits
  }

  var answerCount: Int { prompts.count * answersPerPrompt }
}

/// A function that an answer may call.
struct Tool: Hashable, Sendable {
  var name: String
  /// A JSON schema of its arguments.
  var parameters: JSON
}

/// The form that an answer has.
enum AnswerForm: Sendable {
  case free
  /// JSON that satisfies a schema. `field` is what asks for it.
  case schema(JSON, field: String)
  /// A text in which a pattern is found from its beginning to its end.
  case pattern(Pattern, field: String)
  case choice([String])
  /// Calls of the tools of these places. `tellsCalls`: the reason for the end says so, which it does
  /// not for a tool that the client has named.
  case calls([Int], tellsCalls: Bool)
}
