import Charts

/// The capsule's figures.
enum Pictures {
  /// Seconds over sizes, measured and predicted, both axes logarithmic.
  static func accuracy(
    _ stage: String, published: [Double], measured: [Double], simulated: [Double]? = nil
  ) -> Chart {
    let sizes = MeasuredA10.sizes.map(Double.init)
    func points(_ seconds: [Double]) -> [Point?] { zip(sizes, seconds).map { Point($0, $1) } }
    var layers: [Chart.Layer] = [
      .line(Line("measured", points: points(measured), series: 0)),
      .line(Line("original", points: points(published), series: 1, dash: .dashed)),
    ]
    if let simulated {
      layers.append(.line(Line("simulator", points: points(simulated), series: 2, dash: .dotted)))
    }
    return Chart(
      title: "\(stage) on one A10",
      summary: "Time of a lone \(stage.lowercased()) over its size, measured and predicted.",
      x: Axis("size", unit: "", scale: .logarithmic), y: Axis("", unit: "s", scale: .logarithmic),
      layers: layers, table: DataTable(header: []))
  }

  /// A bar a row.
  static func bars(
    _ title: String, unit: String, names: [String], values: [Double], labels: [String]
  ) -> Chart {
    Chart(
      title: title, summary: "A bar each: \(names.joined(separator: ", ")).",
      x: Axis("", unit: unit, includes: [0]), y: Axis("", unit: "", scale: .categories(names)),
      layers: [.bars(Bars(title, values: values, labels: labels, series: 0))],
      table: DataTable(header: []))
  }

  /// Published and ours over how many prompts are kept.
  static func kept(
    _ title: String, unit: String, kept: [Int], published: [Double], ours: [Double]
  ) -> Chart {
    func points(_ values: [Double]) -> [Point?] { zip(kept, values).map { Point(Double($0), $1) } }
    return Chart(
      title: title, summary: "Over the prompts that are kept, published and ours.",
      x: Axis("prompts kept", unit: "", scale: .logarithmic),
      y: Axis("", unit: unit, includes: [0]),
      layers: [
        .line(Line("published", points: points(published), series: 1, dash: .dashed)),
        .line(Line("ours", points: points(ours), series: 0)),
      ], table: DataTable(header: []))
  }
}
