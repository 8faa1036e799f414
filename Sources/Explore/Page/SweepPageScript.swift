import Report
import TextAndBytes

/// What a sweep's page has for browsers that run scripts: its figures, and what draws its heat maps anew
/// for what is chosen.
enum SweepPageScript {
  /// The figures, in the order of the points; null: there is none.
  static func data(_ grid: SweepGrid) -> String {
    let json = JSON.object(of: [
      ("axes", .array(grid.axes.map(axis))), ("figures", .array(grid.figures.map(figure))),
      ("marks", .array(SweepGrid.State.allCases.map(mark))),
      ("places", .array(grid.points.map { .integers($0.places.map { Int64($0) }) })),
      ("refused", .count(SweepGrid.State.refused.rawValue)),
      ("states", .integers(grid.points.map { Int64($0.state.rawValue) })),
      (
        "values",
        .array(
          grid.figures.indices.map { figure in
            .array(grid.points.map { .optional($0.values[figure]) })
          })
      ),
    ])
    return HTMLText.element(
      "script", "type=\"application/json\" id=\"sweep\"", HTMLText.json(json.compact))
  }

  private static func axis(_ axis: SweepGrid.Axis) -> JSON {
    .object(of: [
      ("name", .string(axis.name)), ("values", .array(axis.values.map { .string($0) })),
    ])
  }

  private static func figure(_ figure: SweepFigure) -> JSON {
    .object(of: [
      ("label", .string(figure.label)), ("factor", .decimal(figure.unit.factor)),
      ("isCount", .bool(figure.unit.name.isEmpty)),
      ("isHigherBetter", .bool(figure.isHigherBetter)),
    ])
  }

  private static func mark(_ state: SweepGrid.State) -> JSON {
    .array([.string(state.mark.sign), .string(state.mark.words)])
  }

  /// Draws a heat map anew whenever a control of its own changes.
  static let text =
    "\"use strict\";\n(() => {\n" + PageControls.numbers + #"""
        const data = JSON.parse(document.getElementById("sweep").textContent);

        function isBetter(a, b, figure) {
          const values = data.values[figure];
          if (data.states[a] !== data.states[b]) return data.states[a] < data.states[b];
          if (values[a] === null) return false;
          if (values[b] === null) return true;
          return data.figures[figure].isHigherBetter ? values[a] > values[b] : values[a] < values[b];
        }

        function cells(choice) {
          const height = choice.rows < 0 ? 1 : data.axes[choice.rows].values.length;
          const width = data.axes[choice.columns].values.length;
          const found = Array.from({ length: height }, () => new Array(width).fill(null));
          data.places.forEach((places, point) => {
            if (places.some((place, axis) => choice.fixed[axis] >= 0 && choice.fixed[axis] !== place)) return;
            const row = found[choice.rows < 0 ? 0 : places[choice.rows]];
            const column = places[choice.columns];
            if (row[column] === null || isBetter(point, row[column], choice.figure)) row[column] = point;
          });
          return found;
        }

        function leveller(found, values) {
          const all = found.flat().filter(p => p !== null && values[p] !== null).map(p => values[p]);
          const least = all.reduce((a, b) => Math.min(a, b), Infinity);
          const most = all.reduce((a, b) => Math.max(a, b), -Infinity);
          const place = least > 0 && most > 10 * least ? Math.log : x => x;
          const span = place(most) - place(least);
          return x => span > 0 ? Math.min(9, Math.floor((place(x) - place(least)) / span * 10)) : 0;
        }

        function cell(point, choice, level) {
          const value = data.values[choice.figure][point];
          const figure = data.figures[choice.figure];
          const scaled = value === null ? null : value * figure.factor;
          const text = value === null ? ""
            : figure.isCount && Number.isInteger(scaled) ? String(scaled) : digits(scaled);
          const td = make("td", text, value === null ? {} : { class: "h" + level(value) });
          const [sign, words] = data.marks[data.states[point]];
          if (sign) {
            td.append(" ", make("span", sign, { "aria-hidden": "true" }),
              make("span", " " + words, { class: "skip" }));
          }
          if (data.states[point] === data.refused) return td;
          data.axes.forEach((axis, number) => {
            if (number === choice.columns || number === choice.rows || choice.fixed[number] >= 0) return;
            td.append(make("span", axis.values[data.places[point][number]], { class: "change" }));
          });
          return td;
        }

        function caption(choice) {
          const over = [choice.columns, choice.rows].filter(n => n >= 0).map(n => data.axes[n].name);
          const rest = data.axes.map((axis, n) => ({ axis, n }))
            .filter(({ n }) => n !== choice.columns && n !== choice.rows);
          const fixed = rest.filter(({ n }) => choice.fixed[n] >= 0)
            .map(({ axis, n }) => "; " + axis.name + " " + axis.values[choice.fixed[n]]);
          const best = rest.length > fixed.length ? "; of what else is varied, the best" : "";
          return data.figures[choice.figure].label + " by " + over.join(" and ") + fixed.join("") + best;
        }

        function draw(map, choice) {
          const found = cells(choice);
          const level = leveller(found, data.values[choice.figure]);
          const columns = data.axes[choice.columns];
          const rows = choice.rows < 0 ? null : data.axes[choice.rows];
          const head = make("tr");
          for (const name of [rows ? rows.name : "", ...columns.values])
            head.append(make("th", name, { scope: "col" }));
          const lines = found.map((row, number) => {
            const tr = make("tr");
            tr.append(make("th", rows ? rows.values[number] : data.figures[choice.figure].label,
              { scope: "row" }));
            for (const point of row)
              tr.append(point === null ? make("td", "") : cell(point, choice, level));
            return tr;
          });
          const words = caption(choice);
          map.querySelector(".scroll").setAttribute("aria-label", words);
          map.querySelector("caption").textContent = words;
          map.querySelector("thead").replaceChildren(head);
          map.querySelector("tbody").replaceChildren(...lines);
        }

        for (const map of document.querySelectorAll(".heat")) {
          const choice = {
            figure: Number(map.dataset.figure), columns: Number(map.dataset.columns),
            rows: Number(map.dataset.rows), fixed: data.axes.map(() => -1),
          };
          const controls = map.querySelector(".controls");
          const selects = [...controls.querySelectorAll("select")];
          const show = () => {
            for (const select of selects) {
              const axis = Number(select.dataset.axis);
              if (select.dataset.role !== "axis") select.value = choice[select.dataset.role];
              else {
                const isShown = axis === choice.columns || axis === choice.rows;
                select.closest("label").hidden = isShown;
                if (isShown) choice.fixed[axis] = -1;
                select.value = choice.fixed[axis];
              }
            }
            draw(map, choice);
          };
          controls.addEventListener("change", event => {
            const { role, axis } = event.target.dataset;
            const value = Number(event.target.value);
            if (role === "axis") choice.fixed[Number(axis)] = value;
            else {
              const other = role === "columns" ? "rows" : role === "rows" ? "columns" : null;
              // An axis cannot stand on both sides: they change places.
              if (other && choice[other] === value) choice[other] = choice[role];
              if (choice.columns < 0) choice.columns = value;
              else choice[role] = value;
            }
            show();
          });
          controls.hidden = false;
          show();
        }
      })();

      """#
}
