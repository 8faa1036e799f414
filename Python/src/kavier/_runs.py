"""Simulating, and comparing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kavier import _arguments as arguments
from kavier import _program as program
from kavier._folders import TemporaryFolder
from kavier._records import Record, Report
from kavier._tables import Table


class Run:
    """A finished run: its report, and what happened in it as tables.

    ``folder`` has all files that ``kavier simulate --out`` writes. Where no ``out`` was named it is
    a temporary one that is gone when the run is.
    """

    def __init__(self, folder: arguments.Path, *, _keeps: TemporaryFolder | None = None) -> None:
        self.folder = Path(folder)
        self._keeps = _keeps
        with open(self.folder / "report.json", encoding="utf-8") as file:
            self.report = Report(json.load(file))

    def __repr__(self) -> str:
        return f"Run({self.report.name!r}, seed={self.report.seed}, folder={str(self.folder)!r})"

    def requests(self) -> Table:
        """A row for each request."""
        return self._table("requests")

    def engines(self) -> Table:
        """A row for each engine."""
        return self._table("engines")

    def windows(self) -> Table:
        """A row for each window of time and engine."""
        return self._table("windows")

    def held(self) -> Table | None:
        """A row each time that a request was held back; None where none was."""
        table = self._table("held")
        return table if table.path.exists() else None

    def _table(self, name: str) -> Table:
        return Table(self.folder / f"{name}.parquet")


def simulate(
    scenario: arguments.Scenario | None = None,
    *,
    set: Mapping[str, object] | None = None,
    seed: int | None = None,
    out: arguments.Path | None = None,
    memory_limit: str | None = None,
) -> Run:
    """Runs a scenario: a mapping, the path of one in YAML or JSON, or the built-in one.

    ``set`` puts values into it, by paths such as ``fleet.engine.max_num_seqs``. Files that a
    mapping names are sought from the working directory. ``out`` is a folder to keep all files in.
    """
    keeps = TemporaryFolder() if out is None else None
    folder = keeps.path if keeps else Path(out or ".")
    options = [
        *arguments.overrides(set, seed),
        *arguments.option("memory_limit", memory_limit),
        *arguments.option("out", folder),
        "--format=json",
    ]
    read("simulate", scenario, options)
    return Run(folder, _keeps=keeps)


def load(folder: arguments.Path) -> Run:
    """A run that ``kavier simulate --out`` or ``simulate(out=...)`` wrote."""
    return Run(folder)


def compare(
    scenarios: Sequence[arguments.Scenario | Run],
    *,
    set: Mapping[str, object] | None = None,
    seeds: int | None = None,
) -> Record:
    """Tells which of two to six scenarios is better: what ``kavier compare --format json`` prints.

    Each is a mapping, a path or a ``Run``; runs can be compared with runs alone.
    """
    with ExitStack() as stack:
        places = [
            arguments.argument(each.folder)
            if isinstance(each, Run)
            else stack.enter_context(arguments.written(each))
            for each in scenarios
        ]
        options = [*arguments.overrides(set), *arguments.option("seeds", seeds), "--format=json"]
        return Record(json.loads(program.run(["compare", *places, *options]).output))


def read(
    command: str,
    scenario: arguments.Scenario | None,
    options: Sequence[str],
    *,
    allowed: Sequence[int] = (0,),
) -> Any:
    """What a command prints about a scenario."""
    if scenario is None:
        return json.loads(program.run([command, *options], allowed=allowed).output)
    with arguments.written(scenario) as path:
        renamed = path if isinstance(scenario, Mapping) else None
        outcome = program.run([command, path, *options], allowed=allowed, renamed=renamed)
    return json.loads(outcome.output)
