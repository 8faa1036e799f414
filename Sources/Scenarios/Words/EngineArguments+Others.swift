/// What SGLang and TensorRT-LLM call what `engine` has under vLLM's names, and what they have beside.
extension EngineArguments {
  // MARK: SGLang

  static let sglangNames: Names = [
    ("tp_size", "tensor_parallel_size", nil), ("pp_size", "pipeline_parallel_size", nil),
    ("dp_size", "data_parallel_size", nil),
    (
      "enable_dp_attention", "data_parallel_size",
      "tensor_parallel_size is then tp_size divided by dp_size: SGLang's counts all accelerators"
    ),
    ("ep_size", "enable_expert_parallel", "true where it is above 1"),
    (
      "mem_fraction_static", "gpu_memory_utilization",
      "not the same share: SGLang's is of weights and KV cache alone, vLLM's has the activations in "
        + "it, so vLLM's is larger for the same cache"
    ),
    (
      "chunked_prefill_size", "max_num_batched_tokens",
      "not quite the same: vLLM's counts the decoding requests of a step, too"
    ),
    ("max_running_requests", "max_num_seqs", nil),
    ("max_prefill_tokens", "max_num_batched_tokens", nil),
    ("context_length", "max_model_len", nil), ("page_size", "block_size", nil),
    (
      "max_total_tokens", "num_gpu_blocks", "the tokens divided by block_size, and one block more"
    ),
    ("disable_radix_cache", "enable_prefix_caching", "false"),
    ("radix_eviction_policy", "eviction_policy", "lru or lfu"),
    (
      "schedule_policy", "scheduling_policy",
      "fcfs; with name: sglang it is schedule_policy, which has lpm, lof and priority, too; dfs-weight, random and routing-key are not simulated"
    ),
    ("enable_priority_scheduling", "scheduling_policy", "priority"),
    ("enable_mixed_chunk", "enable_chunked_prefill", nil),
    ("disable_overlap_schedule", "async_scheduling", "false"),
    ("schedule_conservativeness", "schedule_conservativeness", "with name: sglang"),
    ("model_path", "model", "it stands in fleet, beside engine"),
  ]

  static let sglangChanges: Changes = [
    (
      "how many tokens a step yields and what a step costs: a draft is proposed and checked",
      """
      speculative_algorithm speculative_draft_model_path speculative_num_steps \
      speculative_eagle_topk speculative_num_draft_tokens
      """
    ),
    (
      "where prefill runs and when decoding begins: KV blocks move between engines",
      """
      disaggregation_mode disaggregation_transfer_backend disaggregation_bootstrap_port \
      disaggregation_ib_device enable_pdmux
      """
    ),
    (
      "what is found in the prefix cache, and when: KV blocks come from the host or a store",
      """
      enable_hierarchical_cache hicache_ratio hicache_size hicache_write_policy \
      hicache_storage_backend enable_lmcache radix_eviction_policy
      """
    ),
    (
      "each step: adapters are read and multiplied beside the weights",
      "lora_paths lora_backend max_loras_per_batch"
    ),
    (
      "how attention and its KV cache are spread over accelerators",
      "attn_cp_size attn_dp_size dcp_size enable_prefill_cp moe_dp_size"
    ),
    (
      "how evenly experts are loaded",
      "eplb_algorithm ep_num_redundant_experts init_expert_location"
    ),
    (
      "the overlap of communication and arithmetic",
      "enable_two_batch_overlap enable_single_batch_overlap tbo_token_distribution_threshold"
    ),
    (
      "each step's overhead: kernels are launched one by one, or for other batch sizes",
      """
      cuda_graph_config enable_torch_compile torch_compile_max_bs num_continuous_decode_steps
      """
    ),
    (
      "the speed of kernels; measured ones of your set-up go into step_time",
      """
      decode_attention_backend prefill_attention_backend sampling_backend grammar_backend \
      moe_runner_backend moe_a2a_backend deepep_mode fp8_gemm_runner_backend \
      enable_flashinfer_allreduce_fusion enable_symm_mem enable_nccl_nvls enable_mscclpp
      """
    ),
    ("which engine a request goes to, which is the router's choice here", "load_balance_method"),
    ("each step: weights come from the host's memory", "offload_mode offload_group_size kt_method"),
    ("the model; describe it in place, or name its config.json", "json_model_override_args"),
  ]

  static let sglangIdle = """
    random_seed watchdog_timeout log_level log_requests enable_metrics decode_log_interval \
    tokenizer_path chat_template dist_init_addr nccl_port base_gpu_id file_storage_path \
    show_time_cost crash_dump_folder enable_trace api_key enable_cache_report is_embedding
    """

  // MARK: TensorRT-LLM

  static let tensorRTNames: Names = [
    ("max_batch_size", "max_num_seqs", nil), ("max_num_tokens", "max_num_batched_tokens", nil),
    ("max_seq_len", "max_model_len", nil), ("tokens_per_block", "block_size", nil),
    (
      "free_gpu_memory_fraction", "gpu_memory_utilization",
      "not the same share: TensorRT-LLM's is of what is free when the weights are loaded, vLLM's of "
        + "the whole memory"
    ),
    (
      "kv_cache_free_gpu_memory_fraction", "gpu_memory_utilization", "not the same share, see there"
    ),
    ("enable_block_reuse", "enable_prefix_caching", nil),
    ("capacity_scheduler_policy", "capacity_scheduler_policy", "with name: tensorrt-llm"),
    ("moe_expert_parallel_size", "enable_expert_parallel", "true where it is above 1"),
    ("enable_attention_dp", "data_parallel_size", "attention alone is data parallel there"),
  ]

  static let tensorRTChanges: Changes = [
    ("the search: several answers of a request are written at once", "max_beam_width"),
    ("how many tokens a step has", "scheduler_config dynamic_batch_config"),
    ("how attention is spread over accelerators", "context_parallel_size cp_config"),
    ("the speed of kernels; measured ones of your set-up go into step_time", "moe_config backend"),
    (
      "where prefill runs and when decoding begins: KV blocks move between engines",
      "cache_transceiver_config disagg_cluster_config"
    ),
    ("what is found in the prefix cache: KV blocks go to the host", "host_cache_size"),
    ("each step's overhead", "cuda_graph_config torch_compile_config"),
  ]

  static let tensorRTIdle = """
    custom_tokenizer gpus_per_node num_postprocess_workers tool_parser \
    fail_fast_on_attention_window_too_large metadata_server_config_file server_role
    """
}
