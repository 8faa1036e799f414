/// Units of energy's price in carbon, water and money, and of machines' lives.
extension Units where Quantity == Double {
  /// Grams of CO2e per kWh.
  static var intensity: Self {
    Units(
      kind: "a carbon intensity", example: "380 g/kWh",
      factors: [("g/kWh", 1), ("kg/kWh", 1000), ("kg/MWh", 1), ("t/MWh", 1000)],
      range: 1e-6...1e5, bounds: "0.000001 g/kWh to 100 kg/kWh"
    ) { $0 }
  }

  /// Litres per kWh.
  static var waterUse: Self {
    Units(
      kind: "a use of water", example: "1.8 L/kWh", factors: [("L/kWh", 1)], range: 1e-6...1e4,
      bounds: "0.000001 L/kWh to 10000 L/kWh"
    ) { $0 }
  }

  /// Kilograms.
  static var mass: Self {
    Units(
      kind: "a mass", example: "575 kg", factors: [("kg", 1), ("g", 1e-3), ("t", 1000)],
      range: 1e-6...1e9, bounds: "0.001 g to 1000000 t"
    ) { $0 }
  }

  /// Years.
  static var years: Self {
    Units(
      kind: "a time", example: "4 y", factors: [("y", 1), ("d", 1 / 365.25)],
      range: 0.99 / 365.25...1000,
      bounds: "1 d to 1000 y"
    ) { $0 }
  }

  /// Watts.
  static var watts: Self {
    Units(
      kind: "a power", example: "700 W", factors: [("W", 1), ("kW", 1e3)], range: 1e-3...1e9,
      bounds: "0.001 W to 1000000 kW"
    ) { $0 }
  }
}
