/// The arguments of real engines that `engine` lacks, by what they would change.
///
/// Sources: vLLM, `EngineArgs` in vllm/engine/arg_utils.py, main branch of early 2026; SGLang
/// 0.5.23, python/sglang/srt/arg_groups/fields; TensorRT-LLM 1.2, `trtllm-serve` in
/// tensorrt_llm/commands/serve.py.
enum EngineArguments {
  /// By engine, in the order in which a name is sought; keys are folded.
  static let all: [(engine: String, list: [String: EngineArgument])] = [
    ("vLLM", table(vLLMNames, vLLMChanges, vLLMIdle, refused: vLLMRefused)),
    ("SGLang", table(sglangNames, sglangChanges, sglangIdle)),
    ("TensorRT-LLM", table(tensorRTNames, tensorRTChanges, tensorRTIdle)),
  ]

  typealias Names = [(name: String, here: String, note: String?)]
  typealias Changes = [(change: String, names: String)]

  private static func table(
    _ named: Names, _ changes: Changes, _ idle: String, refused: Changes = []
  ) -> [String: EngineArgument] {
    var table: [String: EngineArgument] = [:]
    for name in words(idle) { table[name] = .noEffect }
    for (change, names) in changes {
      for name in words(names) { table[name] = .notSimulated(change) }
    }
    for (instead, names) in refused {
      for name in words(names) { table[name] = .refusedThere(instead) }
    }
    for (name, here, note) in named { table[EngineArgument.fold(name)] = .named(here, note: note) }
    return table
  }

  private static func words(_ text: String) -> [String] {
    text.split { $0.isWhitespace }.map { EngineArgument.fold(String($0)) }
  }

  // MARK: vLLM

  private static let vLLMNames: Names = [
    ("num_gpu_blocks_override", "num_gpu_blocks", nil),
    ("cache_dtype", "kv_cache_dtype", nil),
    ("tp", "tensor_parallel_size", nil), ("pp", "pipeline_parallel_size", nil),
    ("dp", "data_parallel_size", nil), ("ep", "enable_expert_parallel", nil),
    ("kv_cache_memory", "kv_cache_memory_bytes", nil),
    ("no_enable_prefix_caching", "enable_prefix_caching", "false"),
    ("no_enable_chunked_prefill", "enable_chunked_prefill", "false"),
    ("no_async_scheduling", "async_scheduling", "false"),
    ("policy", "scheduling_policy", nil),
    ("speculative_model", "speculative_config", "its model"),
    ("num_speculative_tokens", "speculative_config", "its num_speculative_tokens"),
    ("cudagraph_capture_sizes", "max_cudagraph_capture_size", "the largest of them"),
    ("cuda_graph_sizes", "max_cudagraph_capture_size", "the largest of them"),
  ]

  private static let vLLMChanges: Changes = [
    (
      "each step: adapters are read and multiplied beside the weights",
      """
      enable_lora lora_modules max_loras max_lora_rank max_cpu_loras fully_sharded_loras lora_dtype \
      default_mm_loras enable_tower_connector_lora specialize_active_lora
      """
    ),
    (
      "where prefill runs and when decoding begins, which here is said by disaggregation and "
        + "kv_offloading beside engine",
      """
      kv_transfer_config ec_transfer_config kv_offloading_size kv_offloading_backend \
      weight_transfer_config afd_config
      """
    ),
    (
      "each step: weights or KV blocks come from the host's memory",
      "cpu_offload_gb cpu_offload_params offload_backend"
    ),
    (
      "each step's overhead: kernels are launched one by one, or for other batch sizes",
      """
      compilation_config max_seq_len_to_capture optimization_level performance_mode
      """
    ),
    (
      "the speed of kernels; measured ones of your set-up go into step_time",
      """
      attention_backend attention_config all2all_backend disable_custom_all_reduce \
      disable_cascade_attn model_impl override_attention_dtype kernel_config moe_backend
      """
    ),
    (
      "how attention and its KV cache are spread over accelerators",
      """
      prefill_context_parallel_size decode_context_parallel_size dcp_kv_cache_interleave_size \
      cp_kv_cache_interleave_size
      """
    ),
    (
      "how evenly experts are loaded",
      "enable_eplb eplb_config expert_placement_strategy num_redundant_experts"
    ),
    (
      "the overlap of communication and arithmetic",
      """
      enable_dbo ubatch_size dbo_decode_token_threshold dbo_prefill_token_threshold \
      nccl_for_dp_synchronization disable_nccl_for_dp_synchronization
      """
    ),
    (
      "what attention reads and keeps",
      """
      disable_sliding_window disable_hybrid_kv_cache_manager kv_sharing_fast_prefill \
      mamba_cache_dtype mamba_ssm_cache_dtype mamba_block_size mamba_cache_mode
      """
    ),
    (
      "prompts: those with pictures take encoder time and more tokens",
      """
      limit_mm_per_prompt mm_processor_kwargs mm_processor_cache_gb mm_processor_cache_type \
      mm_encoder_only mm_encoder_tp_mode mm_encoder_attn_backend enable_mm_embeds \
      interleave_mm_strings video_pruning_rate disable_chunked_mm_input enable_prompt_embeds
      """
    ),
    ("when answers reach the client: several tokens at once", "stream_interval"),
    ("the scheduler as a whole", "scheduler_cls"),
    (
      "the model; describe it in place, or name its config.json",
      "hf_overrides rope_scaling rope_theta"
    ),
    (
      "which engine a request goes to, which is the router's choice here",
      """
      data_parallel_rank data_parallel_start_rank data_parallel_size_local data_parallel_hybrid_lb \
      data_parallel_external_lb api_server_count
      """
    ),
  ]

  /// "Concurrent Partial Prefill is not supported" (`_check_feature_supported` of `EngineArgs`, 0.19 to
  /// 0.24), unless it is 1.
  private static let vLLMRefused: Changes = [
    (
      "V1 computes as many prompts beside each other as a step's tokens hold; "
        + "long_prefill_token_threshold limits how many tokens each of them gets",
      "max_num_partial_prefills max_long_partial_prefills"
    )
  ]

  private static let vLLMIdle = """
    model served_model_name tokenizer tokenizer_mode tokenizer_revision skip_tokenizer_init runner \
    convert trust_remote_code download_dir load_format config_format hf_config_path hf_token \
    revision code_revision safetensors_load_strategy allowed_local_media_path allowed_media_domains \
    seed distributed_executor_backend master_addr master_port nnodes node_rank \
    data_parallel_address data_parallel_rpc_port data_parallel_backend \
    max_parallel_loading_workers prefix_caching_hash_algo max_logprobs logprobs_mode \
    disable_log_stats disable_log_requests enable_log_requests aggregate_engine_logging \
    allow_deprecated_quantization media_io_kwargs mm_shm_cache_max_object_size_mb \
    io_processor_plugin skip_mm_profiling ray_workers_use_nsight model_loader_extra_config \
    ignore_patterns structured_outputs_config guided_decoding_backend reasoning_parser \
    reasoning_parser_plugin tool_call_parser enable_auto_tool_choice chat_template \
    logits_processor_pattern logits_processors show_hidden_metrics_for_version \
    otlp_traces_endpoint collect_detailed_traces kv_cache_metrics kv_cache_metrics_sample \
    cudagraph_metrics enable_layerwise_nvtx_tracing enable_mfu_metrics \
    enable_logging_iteration_details enable_mm_processor_stats pooler_config worker_cls \
    worker_extension_cls profiler_config kv_events_config generation_config enable_sleep_mode \
    override_generation_config calculate_kv_scales additional_config use_tqdm_on_load \
    pt_load_map_location tokens_only enable_fault_tolerance host port api_key uvicorn_log_level \
    use_v2_block_manager device
    """
}
