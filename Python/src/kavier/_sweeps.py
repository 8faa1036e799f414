"""Running a scenario with many values of its fields."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from kavier import _arguments as arguments
from kavier import _program as program
from kavier._folders import TemporaryFolder
from kavier._tables import Rows

Axes = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Sweep(Rows):
    """The results of a sweep: a row for each point and seed.

    Rows whose ``status`` is ``refused`` say in ``message`` why their plan cannot be run. ``store``
    is the SQLite file that the runs are kept in. Where none was named it is a temporary one that is
    gone when the sweep is.
    """

    def __init__(
        self,
        rows: Sequence[Mapping[str, Any]],
        store: Path,
        *,
        _keeps: TemporaryFolder | None = None,
    ) -> None:
        super().__init__(list(rows[0]) if rows else [], rows)
        self.store = store
        self._keeps = _keeps

    def __repr__(self) -> str:
        return f"Sweep({len(self)} runs, {len(self.refused)} refused, store={str(self.store)!r})"

    @property
    def finished(self) -> Rows:
        """The rows that have figures."""
        return self._with_status("finished")

    @property
    def refused(self) -> Rows:
        """The rows whose plan cannot be run."""
        return self._with_status("refused")

    def _with_status(self, status: str) -> Rows:
        return Rows(self.columns, [row for row in self if row["status"] == status])

    def query(self, sql: str) -> Rows:
        """What a query gives, in SQL over the view ``results`` of the store."""
        place = self.store.resolve().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as connection:
            found = connection.execute(sql)
            columns = [column[0] for column in found.description or ()]
            return Rows(columns, [dict(zip(columns, row, strict=True)) for row in found])


def sweep(
    scenario: arguments.Scenario,
    axes: Axes | None = None,
    *,
    exclude: Sequence[Mapping[str, Any]] = (),
    seeds: int | Sequence[int] | None = None,
    name: str | None = None,
    set: Mapping[str, object] | None = None,
    store: arguments.Path | None = None,
    jobs: int | None = None,
) -> Sweep:
    """Runs a scenario with every combination of the values of ``axes``, on all cores.

    An axis is a field and its values, or a range like ``{"from": 1, "to": 9, "step": 2}``; a list
    of mappings makes the fields of each change together. Without ``axes``, ``scenario`` is a sweep
    itself, or the path of one. With a ``store``, a sweep that was stopped goes on where it was, and
    nothing is run twice.
    """
    document = _document(scenario, axes, exclude, seeds, name)
    keeps = TemporaryFolder() if store is None else None
    place = keeps.path / "sweep.sqlite" if keeps else Path(store or "")
    options = [
        *arguments.overrides(set),
        *arguments.option("store", place),
        *arguments.option("jobs", jobs),
        "--format=json",
    ]
    with arguments.written(document) as path:
        renamed = path if isinstance(document, Mapping) else None
        outcome = program.attempt(["sweep", path, *options], renamed=renamed)
    if outcome.exit_code != 0:
        raise _explained(outcome).error()
    outcome.warn()
    return Sweep(json.loads(outcome.output), place, _keeps=keeps)


def _document(
    scenario: arguments.Scenario,
    axes: Axes | None,
    exclude: Sequence[Mapping[str, Any]],
    seeds: int | Sequence[int] | None,
    name: str | None,
) -> arguments.Scenario:
    if axes is None:
        if exclude or seeds is not None or name is not None:
            raise TypeError("exclude, seeds and name need axes; else the sweep states them itself")
        return scenario
    place = scenario if isinstance(scenario, Mapping) else os.path.abspath(scenario)
    document: dict[str, Any] = {"name": name or "sweep", "scenario": place, "axes": axes}
    if exclude:
        document["exclude"] = list(exclude)
    if seeds is not None:
        document["seeds"] = seeds if isinstance(seeds, int) else list(seeds)
    return document


def _explained(outcome: program.Outcome) -> program.Outcome:
    """Where no plan can be run, the rows say why."""
    try:
        rows = json.loads(outcome.output)
    except ValueError:
        return outcome
    reasons = dict.fromkeys(row["message"] for row in rows if row.get("message"))
    return outcome._replace(said="\n".join([outcome.said.strip(), *reasons]))
