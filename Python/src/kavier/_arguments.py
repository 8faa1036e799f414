"""What Python says -> what the program reads."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Path = str | os.PathLike[str]
Scenario = Mapping[str, Any] | Path


def text(value: object) -> str:
    """A value as JSON, which the program reads as YAML."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)


def overrides(fields: Mapping[str, object] | None, seed: int | None = None) -> list[str]:
    """``--set`` for each field."""
    stated = dict(fields or {})
    if seed is not None:
        stated["seed"] = seed
    return [part for path, value in stated.items() for part in ("--set", f"{path}={text(value)}")]


def option(name: str, value: object) -> list[str]:
    """``--name value``; nothing for None and False, ``--name`` for True, one each for a list."""
    flag = "--" + name.replace("_", "-")
    if value is None or value is False:
        return []
    if value is True:
        return [flag]
    if isinstance(value, (list, tuple)):
        return [part for item in value for part in option(name, item)]
    if isinstance(value, (str, os.PathLike)):
        return [f"{flag}={os.fspath(value)}"]
    return [f"{flag}={text(value)}"]


@contextmanager
def written(scenario: Scenario) -> Iterator[str]:
    """The path of a scenario: its own, or for a while that of a file made of a mapping.

    The file is in the working directory, since the program seeks files that a scenario names from
    where the scenario is. Where nothing can be written there it is elsewhere.
    """
    if not isinstance(scenario, Mapping):
        yield argument(scenario)
        return
    content = json.dumps(scenario, ensure_ascii=False, allow_nan=False, default=_plain, indent=1)
    try:
        file = _temporary(".")
    except OSError:
        file = _temporary(None)
    try:
        with os.fdopen(file[0], "w", encoding="utf-8") as out:
            out.write(content)
        yield file[1]
    finally:
        os.unlink(file[1])


def argument(path: Path) -> str:
    """A path that the program does not take for an option."""
    name = os.fspath(path)
    return f"./{name}" if name.startswith("-") else name


def _temporary(folder: str | None) -> tuple[int, str]:
    descriptor, path = tempfile.mkstemp(prefix=".scenario-", suffix=".json", dir=folder)
    return descriptor, os.path.relpath(path) if folder else path


def _plain(value: Any) -> Any:
    """What json does not know: paths, ranges, and numbers and arrays of other packages."""
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return dict(value)
    for convert in ("tolist", "to_list", "item"):
        if hasattr(value, convert):
            return getattr(value, convert)()
    if isinstance(value, (range, tuple)):
        return list(value)
    raise TypeError(f"a {type(value).__name__} cannot stand in a scenario")
