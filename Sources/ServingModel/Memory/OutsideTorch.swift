/// Memory that PyTorch does not allocate, by what logs of vLLM print as "non-torch memory". A CUDA
/// context is not in it: vLLM measures what is added to it.
enum OutsideTorch {
  /// Loaded kernels and library workspaces of one process: 0.03 GiB to 0.12 GiB with vLLM 0.6 to 0.15
  /// (Llama 3.1 8B on an H100: 0.12, Qwen3 8B on an RTX 6000 Ada: 0.03), 0.26 GiB with 0.31 (Llama 3.1
  /// 8B on an A100).
  static let process = Bytes.gibibytes(0.15)

  /// The same on Hopper before 0.8: 1.79 GiB of "non_torch_memory" (Llama 3 8B on an H100, pull request
  /// 10511); 1.9 GiB in the 1,381 blocks of pull request 12569.
  static let earlyHopperProcess = Bytes.gibibytes(1.79)

  /// Buffers of NCCL and of the custom all-reduce over NVLink: 1.38 GiB (Qwen3-Next 80B, 2 x H200,
  /// vLLM 0.11), 1.84 GiB (the same, 4 x H100, 0.10.2), 1.74 GiB (8 x H200, 2026), 1.79 GiB more
  /// than a single one (Llama 3 8B, 2 x H100, vLLM pull request 10511).
  static let linked = Bytes.gibibytes(1.65)

  /// The same over PCIe: 0.18 GiB to 0.25 GiB in all (8 x L40S, vLLM 0.10.2; 2 x RTX 4090, issue
  /// 13061; 16 x RTX 3090, pull request 14447).
  static let unlinked = Bytes.gibibytes(0.1)

  /// CUDA graphs as vLLM estimates them before it captures them: 0.4 GiB to 0.6 GiB for models on one
  /// to four accelerators (0.38, 0.58 and 0.64 in logs of 0.21 and later).
  static let graphs = Bytes.gibibytes(0.5)

  static func memory(
    _ accelerator: Accelerator, _ parallelism: Parallelism, _ release: VLLMRelease
  ) -> (bytes: Bytes, origin: String) {
    let isEarly = !release.hasV1Engine && accelerator.architecture == "hopper"
    let process = isEarly ? earlyHopperProcess : process
    let group = max(parallelism.tensor * parallelism.data, parallelism.pipeline)
    guard group > 1 else { return (process, "kernels and workspaces") }
    let isLinked = accelerator.scaleUp.map { parallelism.tensor <= $0.domain } ?? false
    return isLinked
      ? (process + linked, "kernels, workspaces and communication buffers over a fast link")
      : (process + unlinked, "kernels, workspaces and communication buffers")
  }
}
