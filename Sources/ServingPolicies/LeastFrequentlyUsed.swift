package import ServingSim

/// Text that few requests found goes first: SGLang's `--radix-eviction-policy lfu`
/// (python/sglang/srt/mem_cache/evict_policy.py, 0.5.4).
package struct LeastFrequentlyUsed: EvictionPolicy {
  package init() {}

  package func rank(of text: FreedText) -> Int64 { Int64(text.finds) }
}
