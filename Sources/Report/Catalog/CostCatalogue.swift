import Impact
import ServingModel
package import TextAndBytes

/// What bills take from the catalogue, with sources.
package enum CostCatalogue {
  package static var grids: JSON {
    .array(
      Grids.all.map { grid in
        .object(of: [
          ("code", .string(grid.code)), ("country", .string(grid.country)),
          ("year", .count(grid.year)), ("gco2e_per_kwh", .decimal(grid.intensity)),
          ("method", .string(Grids.method)), ("source", .string(Grids.source)),
          ("water_l_per_kwh", .optional(grid.water)),
          ("water_source", grid.water == nil ? .null : .string(Grids.waterSource)),
        ])
      })
  }

  package static var costs: JSON {
    .array(
      Accelerators.all.map { accelerator in
        .object(of: [
          ("accelerator", .string(accelerator.id)),
          ("rent_usd_per_h", interval(AcceleratorPrices.of(accelerator.id))),
          ("embodied_kgco2e", interval(EmbodiedCarbon.of(accelerator.id))),
        ])
      })
  }

  private static func interval(_ found: Sourced<Interval>?) -> JSON {
    guard let found else { return .null }
    return .object(of: [
      ("low", .decimal(found.value.low)), ("high", .decimal(found.value.high)),
      ("source", .string(found.source)),
    ])
  }
}
