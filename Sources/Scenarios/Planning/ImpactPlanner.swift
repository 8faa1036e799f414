import Impact
import ServingModel
import SimKernel
import TraceArchive
import ServingSim

/// `impact` -> `ImpactPlan`: looks names up and reads the files.
struct ImpactPlanner {
  let section: ImpactSection
  let source: SourceFile
  let issues: IssueList

  /// nil, with problems, when something of it cannot be had.
  func plan() -> ImpactPlan {
    var plan = ImpactPlan(
      power: section.power ?? [.fitted], host: host, facility: facility, grid: grid(section.grid),
      marketIntensity: section.marketGrid.map { Sourced($0.value, source: Self.scenario) },
      water: water, embodied: embodied, price: price, tariff: tariff(section.tariff),
      currency: section.currency?.value ?? "USD",
      functionalUnit: section.functionalUnit?.value ?? .request, start: section.start?.value)
    for region in section.regions {
      guard let name = region.name else { continue }
      if plan.regions[name.value] != nil {
        issues.add(name.origin, name.path, "a second entry of region \"\(name.value)\"")
      }
      plan.regions[name.value] = RegionImpact(
        grid: grid(region.grid), tariff: tariff(region.tariff), price: price(region.price?.value))
    }
    for group in section.groups {
      guard let name = group.name, let price = price(group.price?.value) else { continue }
      if plan.groupPrices[name.value] != nil {
        issues.add(name.origin, name.path, "a second entry of group \"\(name.value)\"")
      }
      plan.groupPrices[name.value] = price
    }
    return plan
  }

  /// The section as it was written, with the places of its files from the root: a run is billed
  /// again from wherever its plan.yaml lies.
  func write(to lines: inout PlanLines) {
    var written = PlanLines()
    written.written(section.node, "impact")
    for line in written.lines {
      let signals =
        [section.grid, section.tariff] + section.regions.flatMap { [$0.grid, $0.tariff] }
      let file = signals.compactMap { $0?.file }.first { $0.path == line.path }
      lines.add(line.path, file.map { source.absolute($0) } ?? line.value, line.origin)
    }
  }

  private static let scenario = "the scenario"

  private var host: Sourced<HostPower>? {
    switch section.host {
    case nil: nil
    case .named(let name): Hosts.named(name.value)
    case .described(let host): Sourced(host, source: Self.scenario)
    }
  }

  private var facility: Sourced<PowerUsageEffectiveness>? {
    section.pue.map { Sourced($0, source: Self.scenario) }
  }

  private func country(_ signal: SignalSection?) -> Grid? {
    guard case .scalar(let stated) = signal else { return nil }
    return Grids.named(stated.value)
  }

  private func grid(_ signal: SignalSection?) -> Sourced<StepSeries>? {
    switch signal {
    case nil: return nil
    case .scalar(let stated):
      if let grid = country(signal) {
        return Sourced(
          StepSeries(constant: grid.intensity),
          source: "\(grid.country) \(grid.year): \(Grids.method); \(Grids.source)")
      }
      if let intensity = Units<Double>.intensity.parse(stated.value) {
        return Sourced(StepSeries(constant: intensity), source: Self.scenario)
      }
      if let bounds = Units<Double>.intensity.exceeded(stated.value) {
        issues.add(stated.origin, stated.path, "found \"\(stated.value)\"; expected \(bounds)")
        return nil
      }
      let hint = GridNames.hint(for: stated.value)
      issues.add(
        stated.origin, stated.path,
        "no country \"\(stated.value)\" in the catalogue; expected a code like DEU, "
          + "\(Units<Double>.intensity.expected), or {trace: FILE}\(hint.isEmpty ? ";" : hint) kavier catalog grids lists all"
      )
      return nil
    case .file(let trace, let column, let path):
      return series(
        trace, column: column, path: path, range: Units<Double>.intensity.range,
        bounds: Units<Double>.intensity.bounds)
    }
  }

  private func tariff(_ signal: SignalSection?) -> Sourced<StepSeries>? {
    switch signal {
    case nil: return nil
    case .scalar(let stated):
      guard let price = Fields.money(stated.value) else {
        issues.add(
          stated.origin, stated.path,
          "found \"\(stated.value)\"; expected "
            + (Fields.exceededMoney(stated.value) ?? "a price of one kWh from 0, or {trace: FILE}"))
        return nil
      }
      return Sourced(StepSeries(constant: price), source: Self.scenario)
    case .file(let trace, let column, let path):
      return series(
        trace, column: column, path: path, range: Bounds.money.range, bounds: Bounds.money.words)
    }
  }

  private func series(
    _ trace: Stated<String>, column: String, path: String, range: ClosedRange<Double>,
    bounds: String
  ) -> Sourced<StepSeries>? {
    guard let start = section.start?.value else {
      issues.add(
        trace.origin, path,
        "a file over time needs impact.start, \(ImpactSection.startExpected)")
      return nil
    }
    guard let file = source.readable(trace, issues: issues) else { return nil }
    do {
      let series = try SignalFile.read(
        path: file, column: column, range: range, bounds: bounds)
      // Its name alone: a bill of the run's directory finds it by another path.
      let name = trace.value.split(separator: "/").last ?? ""
      return Sourced(series.rebased(to: start), source: "\(name), \(column)")
    } catch {
      issues.add(error)
      return nil
    }
  }

  private var water: WaterUse {
    var use = WaterUse(site: section.siteWater.map { Sourced($0.value, source: Self.scenario) })
    switch section.sourceWater?.value {
    case nil: break
    case .stated(let litres): use.source = Sourced(litres, source: Self.scenario)
    case .catalogue:
      if let grid = country(section.grid), let litres = grid.water {
        use.source = Sourced(litres, source: "\(grid.country): \(Grids.waterSource)")
      } else if let stated = section.sourceWater {
        issues.add(
          stated.origin, stated.path,
          "the catalogue has no water of this grid; state one, like 1.8 L/kWh")
      }
    }
    return use
  }

  private var embodied: EmbodiedPlan? {
    guard let embodied = section.embodied, let lifetime = embodied.lifetime else { return nil }
    return EmbodiedPlan(
      lifetimeYears: lifetime.value,
      accelerator: embodied.accelerator.map { Sourced($0.value, source: Self.scenario) },
      host: embodied.hostIsCatalogue
        ? EmbodiedCarbon.eightAcceleratorHost
        : embodied.host.map { Sourced($0.value, source: Self.scenario) })
  }

  private var price: PricePlan? {
    if let ownership = section.ownership { return .ownership(ownership) }
    return price(section.price?.value)
  }

  private func price(_ choice: PriceChoice?) -> PricePlan? {
    switch choice {
    case nil: return nil
    case .catalogue: return .catalogue
    case .range(let interval): return .rent(Sourced(interval, source: Self.scenario))
    }
  }
}
