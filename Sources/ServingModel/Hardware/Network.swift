/// What joins the accelerators of different servers.
package struct Network: Hashable, Sendable {
  /// One direction, an accelerator's share of its server's adapters.
  package var bandwidth: BytesPerSecond
  /// Accelerators of one server.
  package var serverSize: Int

  package init(bandwidth: BytesPerSecond, serverSize: Int) {
    precondition(serverSize >= 1, "a server without accelerators")
    self.bandwidth = bandwidth
    self.serverSize = serverSize
  }

  /// As servers with such accelerators usually have it: an adapter for each of eight, of 200 Gbit/s
  /// up to 2021, of 400 with Hopper and CDNA 3, of 800 with Blackwell (aiconfigurator 0.12.0, systems/*.yaml;
  /// the consumer's and workstation's cards are taken to stand in servers, too).
  static func usual(_ accelerator: String) -> Network {
    let gigabytes = adapters.first { $0.products.contains(where: accelerator.hasPrefix) }?.gigabytes
    return Network(
      bandwidth: .gigabytes(gigabytes ?? 50), serverSize: accelerator.hasPrefix("gh200") ? 1 : 8)
  }

  private static let adapters: [(products: [String], gigabytes: Double)] = [
    (["b200", "b300", "gb200", "gb300", "mi350x", "mi355x"], 100),
    (["l40"], 50),
    (["v100", "t4", "a10", "a30", "a40", "l4", "mi2"], 25),
  ]
}

extension Accelerator {
  /// How many reach each other without a network.
  package var reach: Int { max(scaleUp?.domain ?? 1, network.serverSize) }
}
