/// What SGLang starts with when nobody says otherwise (`python/sglang/srt/server_args.py`, 0.5).
package enum SGLangDefaults {
  /// `chunked_prefill_size`, by the memory of an accelerator.
  package static func chunkedPrefillSize(_ memory: Bytes) -> Int {
    switch memory.gibibytes {
    case ..<35: 2048
    case ..<60: 4096
    case ..<160: 8192
    default: 16_384
    }
  }

  /// `max_running_requests` where a model's context is long: the least that it chooses.
  package static let maxRunningRequests = 2048
}
