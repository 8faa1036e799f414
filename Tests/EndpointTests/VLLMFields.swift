@testable import Endpoint

/// The names of the fields of vLLM's requests: main of November 2026,
/// vllm/entrypoints/openai/{chat_completion,completion,responses}/protocol.py, and of 0.11,
/// vllm/entrypoints/openai/protocol.py.
enum VLLMFields {
  static func names(_ api: CompletionRequest.API) -> [String] {
    let text =
      switch api {
      case .chat: chat + shared
      case .completions: completions + shared
      case .responses: responses
      }
    return text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static let chat = """
    messages top_logprobs max_completion_tokens tools tool_choice reasoning_effort
    include_reasoning parallel_tool_calls add_generation_prompt continue_final_message documents
    chat_template chat_template_kwargs media_io_kwargs mm_processor_kwargs return_prompt_text
    """ + "\n"

  private static let completions = "prompt suffix prompt_embeds\n"

  private static let shared = """
    model frequency_penalty logit_bias logprobs max_tokens n presence_penalty response_format seed
    stop stream stream_options temperature top_p user echo use_beam_search top_k min_p
    repetition_penalty watermarking length_penalty stop_token_ids include_stop_str_in_output
    ignore_eos min_tokens skip_special_tokens spaces_between_special_tokens truncate_prompt_tokens
    truncation_side prompt_logprobs logprob_token_ids allowed_token_ids bad_words
    add_special_tokens structured_outputs priority request_id session_id
    return_tokens_as_token_ids return_token_ids routed_experts_prompt_start return_token_offsets
    return_mm_kwargs cache_salt kv_transfer_params ec_transfer_params vllm_xargs
    repetition_detection stream_interval thinking_token_budget guided_json guided_regex
    guided_choice guided_grammar structural_tag guided_decoding_backend guided_whitespace_pattern
    logits_processors
    """

  private static let responses = """
    background include input instructions max_output_tokens max_tool_calls metadata model logit_bias
    parallel_tool_calls previous_response_id prompt reasoning service_tier store stream temperature
    text tool_choice tools top_logprobs top_p top_k truncation user skip_special_tokens
    include_stop_str_in_output prompt_cache_key request_id mm_processor_kwargs priority cache_salt
    enable_response_messages previous_input_messages previous_response structured_outputs
    repetition_penalty seed stop ignore_eos vllm_xargs
    """

  /// What OpenAI's API has beside them (openai 3.57 for Python).
  static func ofOpenAI(_ api: CompletionRequest.API) -> [String] {
    let text =
      switch api {
      case .chat:
        """
        audio function_call functions metadata modalities moderation prediction prompt_cache_key
        prompt_cache_options prompt_cache_retention safety_identifier service_tier store verbosity
        web_search_options
        """
      case .completions: "best_of"
      case .responses:
        """
        access_programs background_options context_management conversation image moderation
        prompt_cache_options prompt_cache_retention safety_identifier stream_options
        """
      }
    return text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
