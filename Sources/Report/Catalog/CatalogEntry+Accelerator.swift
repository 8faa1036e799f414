package import ServingModel

extension CatalogEntry {
  package init(_ accelerator: Accelerator) {
    self.init(id: accelerator.id, source: accelerator.source, note: accelerator.note)
    add("name", accelerator.name)
    add("vendor", accelerator.vendor)
    add("memory", accelerator.memory.gibibytes, "GiB")
    add("memory bandwidth", accelerator.memoryBandwidth.rate / 1e9, "GB/s")
    for format in NumberFormat.allCases {
      guard let peak = accelerator.denseCompute[format] else { continue }
      let unit = format == .int8 || format == .int4 ? "TOP/s" : "TFLOP/s"
      add("dense \(format.rawValue) compute", peak.rate / 1e12, unit)
    }
    if let link = accelerator.scaleUp {
      add("scale-up link", link.technology)
      add("scale-up bandwidth", link.bandwidth.rate / 1e9, "GB/s one way")
      add("scale-up domain", link.domain, "accelerators")
    }
    add("host link", accelerator.hostLink.rate / 1e9, "GB/s one way")
    add("network", accelerator.network.bandwidth.rate / 1e9, "GB/s one way, as servers have it")
    add("thermal design power", accelerator.thermalDesignPower?.value, "W")
  }
}
