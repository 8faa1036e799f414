import Impact
import ServingSim

/// What bills take from the catalogue, with sources.
package enum CostCatalogue {
  package static var grids: JSONValue {
    .array(
      Grids.all.map { grid in
        .object([
          ("code", .string(grid.code)), ("country", .string(grid.country)),
          ("year", .count(grid.year)), ("gco2e_per_kwh", .number(grid.intensity)),
          ("method", .string(Grids.method)), ("source", .string(Grids.source)),
          ("water_l_per_kwh", .optional(grid.water)),
          ("water_source", grid.water == nil ? .null : .string(Grids.waterSource)),
        ])
      })
  }

  package static var costs: JSONValue {
    .array(
      Accelerators.all.map { accelerator in
        .object([
          ("accelerator", .string(accelerator.id)),
          ("rent_usd_per_h", interval(AcceleratorPrices.of(accelerator.id))),
          ("embodied_kgco2e", interval(EmbodiedCarbon.of(accelerator.id))),
        ])
      })
  }

  private static func interval(_ found: Sourced<Interval>?) -> JSONValue {
    guard let found else { return .null }
    return .object([
      ("low", .number(found.value.low)), ("high", .number(found.value.high)),
      ("source", .string(found.source)),
    ])
  }
}
