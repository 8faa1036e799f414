"""Questions that the program answers by trying plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kavier import _arguments as arguments
from kavier import _runs
from kavier._records import Record


def capacity(
    scenario: arguments.Scenario | None = None,
    *,
    find: Literal["load", "replicas"] = "load",
    set: Mapping[str, object] | None = None,
    seeds: int | None = None,
    jobs: int | None = None,
    memory_limit: str | None = None,
) -> Record:
    """The highest load that the objectives of a scenario allow, or the fewest replicas.

    What ``kavier capacity --format json`` prints. ``expected`` is None where not even the
    least that was tried meets them.
    """
    options = [
        *arguments.overrides(set),
        *arguments.option("find", find),
        *arguments.option("seeds", seeds),
        *arguments.option("jobs", jobs),
        *arguments.option("memory_limit", memory_limit),
        "--format=json",
    ]
    return Record(_runs.read("capacity", scenario, options, allowed=(0, 1)))


def recommend(
    scenario: arguments.Scenario | None = None,
    *,
    set: Mapping[str, object] | None = None,
    **options: object,
) -> Record:
    """What ``kavier recommend --format json`` prints.

    Any option of ``kavier recommend --help`` is a keyword here: ``seeds=3`` stands for
    ``--seeds 3``, ``True`` for an option without a value, a list for one that is repeated.
    """
    stated = [part for name, value in options.items() for part in arguments.option(name, value)]
    return Record(
        _runs.read(
            "recommend",
            scenario,
            [*arguments.overrides(set), *stated, "--format=json"],
            allowed=(0, 1, 2),
        )
    )
