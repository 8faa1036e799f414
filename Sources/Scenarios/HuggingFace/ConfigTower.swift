import ServingModel

extension ConfigFields {
  /// Parameters of the vision tower that a `vision_config` describes: attention and two (gated three)
  /// feed-forward matrices a layer, with what projects its output to the language model. 0: none,
  /// or one described in other words.
  func towerParameters(hidden: Int) -> Double {
    guard let vision = fields("vision_config"),
      let width = vision.number("hidden_size") ?? vision.number("embed_dim"),
      let layers = vision.number("num_hidden_layers") ?? vision.number("depth"),
      (1...1_000_000).contains(width), (1...10_000).contains(layers)
    else { return 0 }
    let inner = vision.number("intermediate_size").flatMap {
      (1...1_000_000).contains($0) ? $0 : nil
    }
    let size = Double(width)
    let layer = 4 * size * size + 2 * size * Double(inner ?? 4 * width)
    // Neighbouring patches are merged before they are projected.
    let merged = vision.number("spatial_merge_size").map { max(1, min($0, 16)) } ?? 1
    let block = size * Double(merged * merged)
    let projection = merged > 1 ? block * (block + Double(hidden)) : size * Double(hidden)
    return Double(layers) * layer + projection
  }
}
