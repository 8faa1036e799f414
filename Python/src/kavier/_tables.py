"""Tables for pyarrow, pandas and polars."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Column = TypeVar("Column")


class Table:
    """A Parquet file of a run. Its columns are described in Docs/RunTables.md."""

    def __init__(self, path: Path) -> None:
        #: For DuckDB and other programs that read it themselves.
        self.path = path

    def __repr__(self) -> str:
        return f"Table({str(self.path)!r})"

    def to_arrow(self, *, seconds: bool = False) -> pyarrow.Table:
        """As a table of pyarrow; with ``seconds``, times are floating-point seconds."""
        parquet = _package("pyarrow.parquet")
        table = parquet.read_table(self.path)
        if not seconds:
            return table  # type: ignore[no-any-return]
        compute, float64 = _package("pyarrow.compute"), _package("pyarrow").float64()

        def total(whole: Any, picoseconds: Any) -> Any:
            part = compute.multiply(picoseconds.cast(float64), 1e-12)
            return part if whole is None else compute.add(whole.cast(float64), part)

        columns = _in_seconds(table.column_names, table.column, total)
        return _package("pyarrow").table(columns)  # type: ignore[no-any-return]

    def to_pandas(self, *, seconds: bool = False) -> pandas.DataFrame:
        """As a data frame of pandas; with ``seconds``, times are floating-point seconds."""
        _package("pyarrow", of="pandas")
        frame = _package("pandas").read_parquet(self.path)
        if not seconds:
            return frame  # type: ignore[no-any-return]
        columns = _in_seconds(list(frame.columns), frame.__getitem__, _sum)
        return _package("pandas").DataFrame(columns)  # type: ignore[no-any-return]

    def to_polars(self, *, seconds: bool = False) -> polars.DataFrame:
        """As a data frame of polars; with ``seconds``, times are floating-point seconds."""
        polars = _package("polars")
        frame = polars.read_parquet(self.path)
        if seconds:
            frame = frame.select(**_in_seconds(frame.columns, polars.col, _sum))
        return frame  # type: ignore[no-any-return]


def _sum(whole: Any, picoseconds: Any) -> Any:
    part = picoseconds * 1e-12
    return part if whole is None else whole + part


def _in_seconds(
    names: Sequence[str],
    column: Callable[[str], Column],
    total: Callable[[Column | None, Column], Column],
) -> dict[str, Column]:
    """``x_s`` and ``x_ps`` become one ``x_s``; ``x_ps`` alone becomes ``x_s``."""
    result: dict[str, Column] = {}
    for name in names:
        base = name.rpartition("_")[0]
        if name.endswith("_s") and f"{base}_ps" in names:
            result[name] = total(column(name), column(f"{base}_ps"))
        elif not name.endswith("_ps"):
            result[name] = column(name)
        elif f"{base}_s" not in names:
            result[f"{base}_s"] = total(None, column(name))
    return result


class Rows(Sequence[Mapping[str, Any]]):
    """Rows of results, each a mapping from column to value."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
        self.columns = list(columns)
        self._rows = rows

    @overload
    def __getitem__(self, place: int) -> Mapping[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> Mapping[str, Any] | Rows:
        if isinstance(place, slice):
            return Rows(self.columns, self._rows[place])
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"Rows({len(self)} of {', '.join(self.columns)})"

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        if name not in self.columns:
            raise KeyError(f"no column {name}; there are {', '.join(self.columns)}")
        return [row[name] for row in self._rows]

    def _columns(self) -> dict[str, list[Any]]:
        return {name: self.column(name) for name in self.columns}

    def to_arrow(self) -> pyarrow.Table:
        """As a table of pyarrow."""
        return _package("pyarrow").table(self._columns())  # type: ignore[no-any-return]

    def to_pandas(self) -> pandas.DataFrame:
        """As a data frame of pandas."""
        return _package("pandas").DataFrame(self._columns())  # type: ignore[no-any-return]

    def to_polars(self) -> polars.DataFrame:
        """As a data frame of polars."""
        return _package("polars").DataFrame(self._columns(), strict=False)  # type: ignore[no-any-return]


def _package(name: str, of: str | None = None) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        extra = of or name.partition(".")[0]
        raise ModuleNotFoundError(
            f"{missing.name} is not installed; pip install 'kavier[{extra}]'", name=missing.name
        ) from missing
