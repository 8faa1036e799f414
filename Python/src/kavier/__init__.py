"""Kavier simulates LLM serving. This package runs it and gives its results as tables.

Every function runs the program ``kavier``, and what it refuses is raised as ``KavierError``.
"""

from kavier._errors import KavierError, KavierWarning, ProgramMissing
from kavier._program import program, version
from kavier._records import Latencies, Latency, Record, Report, Requests, Throughput
from kavier._runs import Run, compare, load, simulate
from kavier._search import capacity, recommend
from kavier._sweeps import Sweep, sweep
from kavier._tables import Rows, Table

__all__ = [
    "KavierError",
    "KavierWarning",
    "Latencies",
    "Latency",
    "ProgramMissing",
    "Record",
    "Report",
    "Requests",
    "Rows",
    "Run",
    "Sweep",
    "Table",
    "Throughput",
    "capacity",
    "compare",
    "load",
    "program",
    "recommend",
    "simulate",
    "sweep",
    "version",
]
