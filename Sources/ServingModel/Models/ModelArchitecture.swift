/// The shape of a transformer, as its `config.json` states it: enough to count parameters, KV
/// bytes, arithmetic and memory traffic.
package struct ModelArchitecture: Hashable, Sendable {
  /// The catalogue name, as a scenario spells it: `llama-3.1-8b`.
  package var id: String
  /// The Hugging Face repository, where there is one.
  package var huggingFaceID: String?
  package var layers: Int
  package var hiddenSize: Int
  package var attention: Attention
  /// Attention output passes a learned gate as wide as the queries (`attn_output_gate`).
  package var outputGate: Bool
  package var feedForward: FeedForward
  package var vocabularySize: Int
  package var tiedEmbeddings: Bool
  /// How many of `layers` attend to what; the counts need not sum to `layers` (some hybrids
  /// count attention and feed-forward as separate blocks).
  package var layerKinds: LayerKinds
  package var maxContext: Int
  /// The format the published weights are in.
  package var nativeFormat: NumberFormat
  /// How they are quantised, where the publisher's file says more than the format.
  package var quantization: WeightQuantization?
  /// Total and active parameters as the publisher declares them; nil when not declared.
  package var declaredParameters: Double?
  package var declaredActiveParameters: Double?
  /// Of encoders beside the language model (vision), which vLLM loads with it and leaves in bf16; not
  /// among the declared.
  package var towerParameters: Double
  package var source: String
  package var note: String

  package init(
    id: String, huggingFaceID: String? = nil, layers: Int, hiddenSize: Int, attention: Attention,
    outputGate: Bool = false, feedForward: FeedForward, vocabularySize: Int,
    tiedEmbeddings: Bool, layerKinds: LayerKinds, maxContext: Int,
    nativeFormat: NumberFormat = .bfloat16, quantization: WeightQuantization? = nil,
    declaredParameters: Double? = nil,
    declaredActiveParameters: Double? = nil, towerParameters: Double = 0, source: String,
    note: String = ""
  ) {
    self.id = id
    self.huggingFaceID = huggingFaceID
    self.layers = layers
    self.hiddenSize = hiddenSize
    self.attention = attention
    self.outputGate = outputGate
    self.feedForward = feedForward
    self.vocabularySize = vocabularySize
    self.tiedEmbeddings = tiedEmbeddings
    self.layerKinds = layerKinds
    self.maxContext = maxContext
    self.nativeFormat = nativeFormat
    self.quantization = quantization
    self.declaredParameters = declaredParameters
    self.declaredActiveParameters = declaredActiveParameters
    self.towerParameters = towerParameters
    self.source = source
    self.note = note
  }
}

/// How queries, keys and values are shaped.
package enum Attention: Hashable, Sendable {
  /// Multi-head (`kvHeads == heads`), grouped-query, or multi-query (`kvHeads == 1`).
  case grouped(heads: Int, kvHeads: Int, headSize: Int)
  /// Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434): one latent of `kvRank` and a
  /// rotary part of `ropeSize` values a token a layer, shared by all heads. `queryRank` nil:
  /// queries are not compressed.
  case latent(
    heads: Int, queryRank: Int?, kvRank: Int, nopeSize: Int, ropeSize: Int, valueSize: Int)
}

/// The feed-forward part of a layer.
package enum FeedForward: Hashable, Sendable {
  /// `gated`: three matrices (SwiGLU), else two.
  case dense(intermediateSize: Int, gated: Bool)
  /// `moeLayers` layers route to `topK` of `experts`, beside `sharedSize` always-on
  /// (0: none); the other layers are dense with `denseSize`.
  case mixture(
    experts: Int, topK: Int, expertSize: Int, sharedSize: Int, moeLayers: Int, denseSize: Int,
    gated: Bool)
}

/// How many layers attend to the whole context, to a window of it, or keep a fixed state.
package struct LayerKinds: Hashable, Sendable {
  package var full: Int
  package var windowed: Int
  /// Tokens that a windowed layer sees.
  package var window: Int
  /// The attention of windowed layers where it differs from the full layers' (Gemma 4).
  package var windowedAttention: Attention?
  /// Linear attention or state-space layers.
  package var linear: Int
  /// State values a linear layer keeps for a sequence.
  package var linearState: Int
  /// What vLLM keeps states in.
  package var stateFormat: NumberFormat
  /// Values of the last inputs that a linear layer's convolution looks back on, for a sequence;
  /// they are bf16.
  package var convolutionState: Int
  /// Parameters of one linear layer: its projections, gates and convolution.
  package var linearParameters: Int

  package init(
    full: Int, windowed: Int = 0, window: Int = 0, windowedAttention: Attention? = nil,
    linear: Int = 0, linearState: Int = 0, stateFormat: NumberFormat = .float32,
    convolutionState: Int = 0, linearParameters: Int = 0
  ) {
    self.full = full
    self.windowed = windowed
    self.window = window
    self.windowedAttention = windowedAttention
    self.linear = linear
    self.linearState = linearState
    self.stateFormat = stateFormat
    self.convolutionState = convolutionState
    self.linearParameters = linearParameters
  }
}
