import TextAndBytes

/// Every field of a request to each API, and what becomes of it: those of vLLM 0.2x's protocols
/// (vllm/entrypoints/openai/chat_completion, completion and responses, protocol.py) and those that
/// OpenAI has beside them. Others are accepted as vLLM accepts them, and change nothing.
enum RequestFieldList {
  static func treatment(of name: String, in api: CompletionRequest.API) -> FieldTreatment? {
    all(api)[name]
  }

  static func all(_ api: CompletionRequest.API) -> [String: FieldTreatment] {
    switch api {
    case .chat: chat
    case .completions: completions
    case .responses: responses
    }
  }

  private static let chat = common.merging(generation) { $1 }.merging([
    "messages": .honoured, "logprobs": .honoured, "top_logprobs": .honoured,
    "max_completion_tokens": .honoured, "tools": .honoured, "tool_choice": .honoured,
    "parallel_tool_calls": .honoured, "add_generation_prompt": .honoured,
    "continue_final_message": .honoured,
    // The scenario's model does not reason, and has no template but the one of `ChatFormat`.
    "reasoning_effort": .refused(unless: [.string("none")]), "include_reasoning": .neutral,
    "chat_template": .refused(), "documents": .refused(), "echo": .refused(),
    "chat_template_kwargs": .refused(unless: [
      .object([JSON.Field("enable_thinking", .bool(false))]),
      .object([JSON.Field("thinking", .bool(false))]),
    ]),
    "media_io_kwargs": .refused(), "mm_processor_kwargs": .refused(),
    "return_prompt_text": .refused(),
    "functions": .refused(), "function_call": .refused(unless: [.string("none")]),
    "modalities": .refused(unless: [.array([.string("text")])]), "audio": .refused(),
    "prediction": .refused(), "web_search_options": .refused(), "moderation": .refused(),
    "verbosity": .refused(unless: [.string("medium")]),
  ]) { $1 }

  private static let completions = common.merging(generation) { $1 }.merging([
    "prompt": .honoured, "echo": .honoured, "logprobs": .honoured,
    "best_of": .refused(unless: [.integer(1)]), "suffix": .refused(), "prompt_embeds": .refused(),
  ]) { $1 }

  private static let responses = common.merging([
    "input": .honoured, "instructions": .honoured, "max_output_tokens": .honoured,
    "text": .honoured, "tools": .honoured, "tool_choice": .honoured,
    "parallel_tool_calls": .honoured, "include": .honoured, "top_logprobs": .honoured,
    "truncation": .refused(unless: [.string("disabled")]),
    "background": .refused(), "previous_response_id": .refused(), "previous_response": .refused(),
    "previous_input_messages": .refused(), "conversation": .refused(), "prompt": .refused(),
    "reasoning": .refused(unless: [.object([JSON.Field("effort", .string("none"))])]),
    "max_tool_calls": .refused(), "enable_response_messages": .refused(),
    "mm_processor_kwargs": .refused(), "context_management": .refused(), "image": .refused(),
    "moderation": .refused(), "background_options": .refused(), "access_programs": .refused(),
  ]) { $1 }

  /// Of all APIs.
  private static let common: [String: FieldTreatment] = [
    "model": .honoured, "stream": .honoured, "stream_options": .honoured, "stop": .honoured,
    "include_stop_str_in_output": .honoured, "ignore_eos": .honoured, "seed": .honoured,
    "priority": .honoured, "request_id": .honoured, "session_id": .honoured, "user": .honoured,
    "cache_salt": .honoured, "structured_outputs": .honoured,
    "temperature": .sampling(0...Double.greatestFiniteMagnitude), "top_p": .sampling(0...1),
    "top_k": .sampling(-1...Double(Int32.max)),
    "repetition_penalty": .sampling(0...Double.greatestFiniteMagnitude),
    "logit_bias": .refused(), "vllm_xargs": .refused(),
    // No special tokens come in an answer.
    "skip_special_tokens": .neutral,
    "metadata": .neutral, "store": .neutral, "service_tier": .neutral,
    "safety_identifier": .neutral, "prompt_cache_key": .neutral, "prompt_cache_options": .neutral,
    "prompt_cache_retention": .neutral,
  ]

  /// Of chats and completions.
  private static let generation: [String: FieldTreatment] = [
    "n": .honoured, "max_tokens": .honoured, "min_tokens": .honoured, "stop_token_ids": .honoured,
    "response_format": .honoured, "guided_json": .honoured, "guided_choice": .honoured,
    "guided_regex": .honoured, "truncate_prompt_tokens": .honoured, "truncation_side": .honoured,
    "add_special_tokens": .honoured, "return_token_ids": .honoured,
    "return_tokens_as_token_ids": .honoured, "stream_interval": .honoured,
    "frequency_penalty": .sampling(-2...2), "presence_penalty": .sampling(-2...2),
    "min_p": .sampling(0...1),
    "use_beam_search": .refused(), "watermarking": .refused(), "prompt_logprobs": .refused(),
    "logprob_token_ids": .refused(), "allowed_token_ids": .refused(), "bad_words": .refused(),
    "logits_processors": .refused(), "guided_grammar": .refused(), "structural_tag": .refused(),
    "kv_transfer_params": .refused(), "ec_transfer_params": .refused(),
    "repetition_detection": .refused(),
    "thinking_token_budget": .refused(unless: [.integer(-1)]),
    // Of beam search and of the choice of a backend; of rendering alone, which this does not do; and
    // of experts' routes, which are not told.
    "length_penalty": .neutral, "guided_decoding_backend": .neutral,
    "guided_whitespace_pattern": .refused(), "return_token_offsets": .neutral,
    "return_mm_kwargs": .neutral, "routed_experts_prompt_start": .neutral,
    "spaces_between_special_tokens": .neutral,
  ]
}
