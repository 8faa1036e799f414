import Charts
import Report
import TextAndBytes

/// What ranks the plans of an answer anew in a browser, for other prices, another grid and more load: from
/// the figures of plans that were simulated, without a server.
struct RecommendationControls {
  private let plans: [Recommended]
  private let question: Question

  init(_ answer: Recommendation, _ question: Question) {
    plans = answer.holding
    self.question = question
  }

  /// The table of the plans under its controls, which only a script shows; nil: no plan holds.
  func html(_ table: DataTable) -> String {
    let fields = prices + grid + loads
    guard !fields.isEmpty else { return HTMLText.table(table, caption: Self.caption) }
    return HTMLText.element(
      "div", "class=\"rank\"",
      HTMLText.element(
        "div", "class=\"controls\" hidden=\"\"",
        fields + HTMLText.element("button", "type=\"button\"", "Reset"))
        + HTMLText.element("p", "class=\"lead\" role=\"status\" hidden=\"\"", "")
        + HTMLText.table(table, caption: Self.caption)
        + HTMLText.element("p", "class=\"note\" hidden=\"\"", HTMLText.escaped(Self.note)))
      + HTMLText.element(
        "script", "type=\"application/json\" id=\"plans\"", HTMLText.json(data.compact))
  }

  private static let caption = "Cheapest first"

  private static let note =
    "Plans are ranked anew by the figures of their runs; nothing is simulated. So plans that were left "
    + "out stay out, ceilings of cost and carbon are not asked again, and pictures and other tables "
    + "stay as they are. With another load, replicas are those that short runs found, and what is paid "
    + "grows with them."

  // MARK: controls

  private var currency: String { plans.compactMap(\.figures).first?.currency ?? "" }

  private var accelerators: [String] {
    var names: [String] = []
    for plan in plans where !names.contains(plan.candidate.accelerator) {
      names.append(plan.candidate.accelerator)
    }
    return names
  }

  /// A field for the price of each accelerator's hour.
  private var prices: String {
    guard !currency.isEmpty else { return "" }
    return accelerators.map { name in
      let figures = plans.first { $0.candidate.accelerator == name }?.figures
      let price = figures.flatMap { figures in
        figures.parts.rent.map {
          ($0.lowerBound + $0.upperBound) / 2 / Double(max(1, figures.accelerators))
        }
      }
      return field(
        "\(currency) an hour of one \(name)", "data-accelerator=\"\(HTMLText.escaped(name))\"",
        price)
    }.joined()
  }

  private var grid: String {
    guard let parts = plans.compactMap(\.figures?.parts).first(where: { $0.energy ?? 0 > 0 }),
      let energy = parts.energy
    else { return "" }
    return field(
      "gCO2e of a kWh", "data-grid=\"\"", parts.operational.map { $0 / energy })
  }

  private func field(_ label: String, _ attributes: String, _ value: Double?) -> String {
    let text = value.map { Figures.significant($0, digits: 4) } ?? ""
    return HTMLText.element(
      "label", "",
      HTMLText.escaped(label)
        + " <input type=\"number\" min=\"0\" step=\"any\" \(attributes) value=\"\(text)\" />")
  }

  private var loads: String {
    guard plans.contains(where: { !$0.changed.isEmpty }) else { return "" }
    let names = ["as asked"] + RecommendationText.names(of: question.changes)
    let options = names.enumerated().map {
      HTMLText.element("option", "value=\"\($0 - 1)\"", HTMLText.escaped($1))
    }
    return HTMLText.element(
      "label", "", "Load " + HTMLText.element("select", "", options.joined()))
  }

  // MARK: figures

  private var data: JSON {
    .object(of: [
      ("currency", .string(currency)), ("plans", .array(plans.map(plan))),
    ])
  }

  private func plan(_ plan: Recommended) -> JSON {
    guard let figures = plan.figures else { return .null }
    let parts = figures.parts
    return .object(of: [
      ("name", .string(plan.candidate.name)),
      ("accelerator", .string(plan.candidate.accelerator)),
      ("accelerators", .count(figures.accelerators)), ("replicas", .count(figures.replicas)),
      ("rentLow", .optional(parts.rent?.lowerBound)),
      ("rentHigh", .optional(parts.rent?.upperBound)),
      ("electricity", .optional(parts.electricity)), ("energy", .optional(parts.energy)),
      ("carbon", .optional(figures.carbon)), ("embodied", .optional(parts.embodied)),
      ("latency", .decimal(figures.endToEnd)),
      ("changed", .array(plan.changed.map { $0.map { .count($0) } ?? .null })),
    ])
  }

  static let script =
    "\"use strict\";\n(() => {\n" + PageControls.numbers + #"""
        const box = document.querySelector(".rank");
        if (!box) return;
        const data = JSON.parse(document.getElementById("plans").textContent);
        const body = box.querySelector("tbody");
        const rows = [...body.rows];
        const asked = rows.map(row => [...row.cells].map(cell => cell.textContent));
        const controls = box.querySelector(".controls");
        const prices = {};
        for (const input of controls.querySelectorAll("[data-accelerator]"))
          prices[input.dataset.accelerator] = input;
        const grid = controls.querySelector("[data-grid]");
        const load = controls.querySelector("select");

        // null: it is as it was asked.
        function stated(input) {
          if (!input || input.value === "" || input.value === input.defaultValue) return null;
          const value = Number(input.value);
          return value >= 0 && Number.isFinite(value) ? value : null;
        }

        function figures(plan, row) {
          const change = load ? Number(load.value) : -1;
          const replicas = change < 0 ? plan.replicas : (plan.changed[change] ?? null);
          const scale = replicas === null ? null : replicas / plan.replicas;
          const price = stated(prices[plan.accelerator]);
          const low = price === null ? plan.rentLow : price * plan.accelerators;
          const high = price === null ? plan.rentHigh : price * plan.accelerators;
          const electricity = plan.electricity ?? 0;
          const cost = low === null || scale === null
            ? null : [(low + electricity) * scale, (high + electricity) * scale];
          const intensity = stated(grid);
          const carbon = change >= 0 ? null : intensity === null || plan.energy === null
            ? plan.carbon : plan.energy * intensity + (plan.embodied ?? 0);
          const accelerators = scale === null ? null : plan.accelerators * scale;
          const rank = cost ? (cost[0] + cost[1]) / 2 : accelerators === null ? Infinity : accelerators;
          const isAsked = change < 0 && price === null && intensity === null;
          return { plan, row, replicas, accelerators, cost, carbon, rank, change, isAsked };
        }

        // As the program has it: at least as good in all, and better in one.
        function beats(a, b) {
          const pairs = [[a.rank, b.rank], [a.carbon ?? 0, b.carbon ?? 0],
            [a.plan.latency, b.plan.latency]];
          return pairs.every(([x, y]) => x <= y) && pairs.some(([x, y]) => x < y);
        }

        function range([low, high]) {
          const [a, b] = [significant(low, 4), significant(high, 4)];
          return a === b ? a : a + " to " + b;
        }

        function words(found) {
          const fleet = found.replicas + (found.replicas === 1 ? " replica of " : " replicas of ")
            + found.plan.name + " (" + found.accelerators
            + (found.accelerators === 1 ? " accelerator)" : " accelerators)");
          return fleet + ", " + (found.cost
            ? range(found.cost) + " " + data.currency + " an hour" : "no price known");
        }

        function answer(all) {
          const known = all.filter(found => found.replicas !== null);
          if (known.length === 0) return "None of these plans was tried with that load.";
          const first = known[0];
          let text = "Cheapest: " + words(first) + ".";
          if (first.change >= 0) return text;
          const best = value => known.reduce((a, b) => value(b) < value(a) ? b : a);
          for (const [name, found] of [
            ["Greenest", best(found => found.carbon ?? Infinity)],
            ["Fastest", best(found => found.plan.latency)],
          ]) {
            if (name === "Greenest" && found.carbon === null) continue;
            text += " " + name + ": " + (found === first ? "the same." : words(found) + ".");
          }
          return text;
        }

        function show() {
          const all = data.plans.map((plan, n) => figures(plan, n));
          all.sort((a, b) => a.rank - b.rank || a.plan.latency - b.plan.latency);
          for (const found of all) {
            const cells = rows[found.row].cells;
            const was = asked[found.row];
            const isNow = found.change < 0;
            const isOnFront = isNow && !all.some(other => beats(other, found));
            cells[1].textContent = found.replicas ?? "-";
            cells[2].textContent = found.isAsked ? was[2] : found.cost ? range(found.cost) : "-";
            cells[3].textContent = found.isAsked ? was[3]
              : found.carbon === null ? "-" : significant(found.carbon, 3);
            for (const n of [4, 5, 6]) cells[n].textContent = isNow ? was[n] : "-";
            cells[7].textContent = isOnFront ? "yes" : isNow ? "no" : "-";
          }
          body.replaceChildren(...all.map(found => rows[found.row]));
          box.querySelector(".lead").textContent = answer(all);
        }

        controls.addEventListener("input", show);
        controls.querySelector("button").addEventListener("click", () => {
          for (const input of [...Object.values(prices), grid]) if (input) input.value = input.defaultValue;
          if (load) load.value = "-1";
          show();
        });
        for (const hidden of box.querySelectorAll(":scope > [hidden]")) hidden.hidden = false;
        show();
      })();

      """#
}
