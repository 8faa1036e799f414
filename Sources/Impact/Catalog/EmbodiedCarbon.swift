/// Carbon of making accelerators, in kgCO2e, as far as published: the least and the most of the
/// sources.
package enum EmbodiedCarbon {
  /// nil: no source is known.
  package static func of(_ accelerator: String) -> Sourced<Interval>? { byID[accelerator] }

  package static let byID: [String: Sourced<Interval>] = [
    "t4": Sourced(Interval(131, 131), source: "Boavizta 2.5"),
    "v100-sxm2": Sourced(Interval(290, 290), source: "Boavizta 2.5"),
    "a10": Sourced(Interval(184, 184), source: "Boavizta 2.5"),
    "a10g": Sourced(Interval(184, 184), source: "Boavizta 2.5, of the A10"),
    "a100-pcie-40": Sourced(Interval(181, 322), source: "Hubblo for ADEME 181, Boavizta 2.5 322"),
    "a100-sxm-40": Sourced(Interval(319, 319), source: "Boavizta 2.5"),
    "a100-pcie-80": Sourced(Interval(569, 569), source: "Boavizta 2.5"),
    "a100-sxm-80": Sourced(Interval(318, 568), source: "Chien 2023 318, Boavizta 2.5 568"),
    "l4": Sourced(Interval(124, 124), source: "Boavizta 2.5"),
    "l40s": Sourced(Interval(277, 277), source: "Boavizta 2.5"),
    "rtx-pro-6000-bw": Sourced(Interval(515, 515), source: "Boavizta 2.5"),
    "h100-pcie": Sourced(Interval(567, 567), source: "Boavizta 2.5"),
    "h100-sxm": Sourced(Interval(273, 575), source: "EcoLogits 273, Boavizta 2.5 575"),
    "h100-nvl": Sourced(Interval(668, 668), source: "Boavizta 2.5"),
    "h200-sxm": Sourced(Interval(1067, 1067), source: "Boavizta 2.5"),
    "b200-sxm": Sourced(Interval(1415, 1415), source: "Boavizta 2.5"),
    "b300-sxm": Sourced(Interval(2543, 2543), source: "Boavizta 2.5"),
    "mi300x": Sourced(Interval(1497, 1497), source: "Boavizta 2.5"),
  ]

  /// Of a server without its accelerators, for each of the eight in it.
  package static let eightAcceleratorHost = Sourced(
    Interval(712.5, 712.5), source: "5700 kg for a server with eight accelerators, without them")
}
