"""The program's JSON as objects: ``report.latency.ttft.p99`` and ``report["latency"]`` alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints


class Record(Mapping[str, Any]):
    """A mapping whose entries are attributes, too.

    All that the program wrote is there. Subclasses state the types of the entries that are always
    there and most often asked for.
    """

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries
        self._kinds = get_type_hints(type(self))

    def __getitem__(self, name: str) -> Any:
        return _record(self._entries[name], self._kinds.get(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            known = ", ".join(self._entries)
            raise AttributeError(f"no {name}; there are {known}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._entries]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({json.dumps(self._entries, indent=2, ensure_ascii=False)})"

    def __reduce__(self) -> tuple[type[Record], tuple[Mapping[str, Any]]]:
        return type(self), (self._entries,)

    def to_dict(self) -> dict[str, Any]:
        """The plain JSON."""
        return dict(self._entries)


def _record(value: Any, kind: Any) -> Any:
    if isinstance(value, dict):
        return (kind if isinstance(kind, type) and issubclass(kind, Record) else Record)(value)
    if isinstance(value, list):
        return [_record(item, None) for item in value]
    return value


class Latency(Record):
    """One kind of latency, in seconds."""

    mean: float
    p50: float
    p90: float
    p95: float
    p99: float
    max: float


class Latencies(Record):
    """Those of all requests that yielded tokens; None where none did."""

    ttft: Latency
    itl: Latency
    tpot: Latency
    e2e: Latency
    queueing: Latency


class Throughput(Record):
    """Over the whole run."""

    requests_per_s: float
    output_tokens_per_s: float
    total_tokens_per_s: float
    goodput_requests_per_s: float | None


class Requests(Record):
    """How many there were, and what became of them."""

    total: int
    arrived: int
    finished: int
    rejected: int
    under_way: int
    aborted: int
    failed: int


class Report(Record):
    """What ``kavier simulate --format json`` prints."""

    name: str
    seed: int
    hash: str
    verdict: str | None
    makespan_s: float
    requests: Requests
    latency: Latencies
    throughput: Throughput
