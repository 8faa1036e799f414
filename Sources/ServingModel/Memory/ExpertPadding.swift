/// Kernels for MXFP4 experts take sizes of their own multiples, and vLLM pads the weights to them
/// (`Mxfp4MoEMethod.create_weights` in vllm/model_executor/layers/quantization/mxfp4.py, 0.10 to 0.14):
/// gpt-oss, whose 2880 is no such multiple, grows by 7 % to 14 %.
enum ExpertPadding {
  /// Padded over plain bytes of the routed experts.
  static func factor(
    _ model: ModelArchitecture, _ precision: Precision, on accelerator: Accelerator,
    _ parallelism: Parallelism, release: VLLMRelease
  ) -> Double {
    guard case .mixture(_, _, let size, _, _, _, _) = model.feedForward,
      precision.experts == .float4, precision.scheme == .mx
    else { return 1 }
    let inner = share(size, parallelism.expertTensor)
    let padded = rounded(inner, to: multiple(on: accelerator, release))
    let hidden = rounded(model.hiddenSize, to: 256)
    return Double(padded) * Double(hidden) / (Double(inner) * Double(model.hiddenSize))
  }

  /// Of the experts' width on one accelerator: FlashInfer's kernels on Blackwell, Triton's on Hopper
  /// since 0.12 (64.38 GiB of gpt-oss-120b with 0.14.1, 65.97 GiB with 0.10.1), Marlin's elsewhere.
  private static func multiple(on accelerator: Accelerator, _ release: VLLMRelease) -> Int {
    switch accelerator.architecture {
    case "blackwell": return 256
    case "hopper" where release.number >= 12: return 64
    default: return 128
    }
  }

  private static func rounded(_ size: Int, to multiple: Int) -> Int {
    share(size, multiple) * multiple
  }
}
