from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kavier

RATES = ["1 /s", "2 /s", "4 /s"]


def test_every_combination_is_a_row_in_all_tables(small: dict[str, Any]) -> None:
    sweep = kavier.sweep(
        small,
        axes={"workload.synthetic.arrivals.rate": RATES, "fleet.replicas": range(1, 3)},
        exclude=[{"fleet.replicas": 2, "workload.synthetic.arrivals.rate": "1 /s"}],
        seeds=2,
        jobs=1,
    )
    points = {(row["rate"], row["replicas"], row["seed"]) for row in sweep}
    assert points == {(r, n, s) for r in (1, 2, 4) for n in (1, 2) for s in (1, 2)} - {
        (1, 2, 1),
        (1, 2, 2),
    }
    assert len(sweep) == 10
    assert not sweep.refused
    pandas, polars, arrow = sweep.to_pandas(), sweep.to_polars(), sweep.to_arrow()
    assert list(pandas.columns) == polars.columns == arrow.column_names == sweep.columns
    assert pandas["ttft_p99_s"].tolist() == polars["ttft_p99_s"].to_list()
    assert arrow["ttft_p99_s"].to_pylist() == sweep.column("ttft_p99_s")
    counted = sweep.query("SELECT replicas, count(*) AS n FROM results GROUP BY 1 ORDER BY 1")
    assert [tuple(row.values()) for row in counted] == [(1, 6), (2, 4)]
    assert sweep[:2].columns == sweep.columns
    with pytest.raises(KeyError, match="no column cost_"):
        sweep.column("cost_")


def test_a_row_is_what_simulate_says(small: dict[str, Any]) -> None:
    sweep = kavier.sweep(small, axes={"workload.synthetic.arrivals.rate": RATES}, seeds=[7])
    for row in sweep:
        run = kavier.simulate(
            small, set={"workload.synthetic.arrivals.rate": f"{row['rate']} /s"}, seed=row["seed"]
        )
        assert row["seed"] == 7
        assert row["outcome_hash"] == run.report.hash
        assert row["ttft_p99_s"] == run.report.latency.ttft.p99


def test_a_store_is_gone_on_with(small: dict[str, Any]) -> None:
    field = "workload.synthetic.arrivals.rate"
    first = kavier.sweep(small, axes={field: RATES}, store="runs.sqlite")
    more = kavier.sweep(small, axes={field: [*RATES, "8 /s"]}, store="runs.sqlite")
    # How long a run took is kept with it: made again, it would have taken another time.
    assert more.column("seconds")[:3] == first.column("seconds")
    assert Path("runs.sqlite").exists()
    assert first.store == more.store


def test_named_settings_a_file_and_what_cannot_be_run(small: dict[str, Any]) -> None:
    layouts = {"one": {"fleet.replicas": 1}, "eight": {"fleet.accelerator": "t4"}}
    small["fleet"]["model"] = "llama-3.1-70b"
    small["fleet"]["engine"] = {"tensor_parallel_size": 4}
    sweep = kavier.sweep({"scenario": small, "axes": {"layout": layouts}}, store="a.sqlite")
    assert [row["layout"] for row in sweep.finished] == ["one"]
    assert "does not fit" in sweep.refused[0]["message"]
    with pytest.raises(kavier.KavierError) as caught:
        kavier.sweep(small, axes={"fleet.accelerator": ["t4"]})
    assert caught.value.exit_code == 65
    assert caught.value.messages[0] == "none of the plans can be run"
    assert "does not fit" in str(caught.value)


def test_capacity(small: dict[str, Any]) -> None:
    found = kavier.capacity(small, jobs=1)
    assert found.field == "workload.synthetic.arrivals.rate"
    assert found.expected > 2
    assert kavier.capacity({**small, "slo": {"ttft": "1 ms"}}).expected is None


def test_recommend(small: dict[str, Any]) -> None:
    del small["fleet"]["accelerator"], small["fleet"]["replicas"]
    found = kavier.recommend(
        small, accelerators="l4,h100", tensor_parallel=1, requests=50, vary=["router=random"]
    )
    assert found.cheapest is not None
    assert kavier.recommend(small, accelerators="l4", requests=50, ttft_p95="1ms").cheapest is None


def test_recommend_passes_options_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub = tmp_path / "stub"
    stub.write_text(
        "#!/usr/bin/env python3\nimport json, sys\nprint(json.dumps({'arguments': sys.argv[1:]}))\n"
    )
    stub.chmod(0o755)
    monkeypatch.setenv("KAVIER", str(stub))
    found = kavier.recommend(
        "fleet.yaml", set={"seed": 2}, max_cost=3.5, on=["h100-sxm", "l4"], quick=True, slow=False
    )
    assert found.arguments == [
        "recommend", "fleet.yaml", "--set", "seed=2", "--max-cost=3.5", "--on=h100-sxm", "--on=l4",
        "--quick", "--format=json",
    ]  # fmt: skip
