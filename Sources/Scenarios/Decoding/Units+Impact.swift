/// Units of energy's price in carbon, water and money, and of machines' lives.
extension Units where Quantity == Double {
  /// Grams of CO2e per kWh.
  static var intensity: Self {
    Units(
      kind: "a carbon intensity", example: "380 g/kWh",
      factors: [("g/kWh", 1), ("kg/kWh", 1000), ("kg/MWh", 1), ("t/MWh", 1000)], greatest: 1e5
    ) { $0 }
  }

  /// Litres per kWh.
  static var waterUse: Self {
    Units(kind: "a use of water", example: "1.8 L/kWh", factors: [("L/kWh", 1)], greatest: 1e4) {
      $0
    }
  }

  /// Kilograms.
  static var mass: Self {
    Units(
      kind: "a mass", example: "575 kg", factors: [("kg", 1), ("g", 1e-3), ("t", 1000)],
      greatest: 1e9
    ) { $0 }
  }

  /// Years.
  static var years: Self {
    Units(
      kind: "a time", example: "4 y", factors: [("y", 1), ("d", 1 / 365.25)], greatest: 1000
    ) { $0 }
  }

  /// Watts.
  static var watts: Self {
    Units(kind: "a power", example: "700 W", factors: [("W", 1), ("kW", 1e3)], greatest: 1e9) { $0 }
  }
}
