from __future__ import annotations

import gc
import json
import os
import pickle
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import kavier


def test_report_has_what_its_types_state(small: dict[str, Any]) -> None:
    report = kavier.simulate(small).report
    for record in [
        report,
        report.requests,
        report.latency,
        report.latency.ttft,
        report.throughput,
    ]:
        assert type(record) is not kavier.Record
        for name in get_type_hints(type(record)):
            if not name.startswith("_"):
                assert name in record
    assert report.name == small["name"]
    assert report.requests.finished == 60
    assert report.latency.ttft.p99 == report["latency"]["ttft"]["p99"] > 0
    assert report.objectives[0].metric == "goodput" or report.objectives
    with pytest.raises(AttributeError, match="no latencies; there are name, "):
        _ = report.latencies
    assert pickle.loads(pickle.dumps(report)) == report
    assert json.loads(json.dumps(report.to_dict()))["hash"] == report.hash


def test_tables_give_the_figures_of_the_report(small: dict[str, Any]) -> None:
    run = kavier.simulate(small, set={"workload.synthetic.requests": 200}, seed=3)
    assert run.report.seed == 3
    pandas = run.requests().to_pandas(seconds=True)
    polars = run.requests().to_polars(seconds=True)
    arrow = run.requests().to_arrow(seconds=True)
    assert list(pandas.columns) == polars.columns == arrow.column_names
    assert "arrival_ps" not in pandas
    mean = float((pandas["first_token_s"] - pandas["arrival_s"]).mean())
    assert mean == pytest.approx(run.report.latency.ttft.mean, rel=1e-9)
    assert polars["finish_s"].to_list() == pandas["finish_s"].tolist()
    assert arrow["finish_s"].to_pylist() == pandas["finish_s"].tolist()
    exact = run.requests().to_arrow()
    assert exact["arrival_ps"].type == "int64" or exact["arrival_ps"].type == "uint64"
    assert (
        exact.num_rows == len(run.requests().to_polars()) == len(run.requests().to_pandas()) == 200
    )
    assert len(run.engines().to_pandas()) == 1
    windows = run.windows().to_pandas(seconds=True)
    assert windows["window_s"].sum() == pytest.approx(run.report.makespan_s)
    assert run.held() is None


def test_a_mapping_leaves_no_file_and_finds_those_beside_it(small: dict[str, Any]) -> None:
    Path("steps.csv").write_text("arrival_s,prompt_tokens,output_tokens\n0,100,10\n1,100,10\n")
    small["workload"] = {"trace": {"path": "steps.csv"}}
    with pytest.warns(kavier.KavierWarning, match=r"steps.csv: read as csv: arrival = arrival_s"):
        run = kavier.simulate(small)
    assert run.report.requests.total == 2
    assert os.listdir() == ["steps.csv"]


def test_a_path_an_out_folder_and_load(small: dict[str, Any]) -> None:
    Path("-odd.json").write_text(json.dumps(small, ensure_ascii=False))
    run = kavier.simulate(Path("-odd.json"), out="kept")
    assert kavier.load("kept").report == run.report
    assert {"report.txt", "requests.csv", "run.json"} <= set(os.listdir("kept"))


def test_a_temporary_folder_goes_with_the_run(small: dict[str, Any]) -> None:
    run = kavier.simulate(small)
    folder = run.folder
    assert folder.is_dir()
    del run
    gc.collect()
    assert not folder.exists()


def test_the_same_seed_gives_the_same_run(small: dict[str, Any]) -> None:
    hashes = [kavier.simulate(small, seed=seed).report.hash for seed in (1, 1, 2)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_compare_takes_mappings_and_runs(small: dict[str, Any]) -> None:
    two = {**small, "fleet": {**small["fleet"], "replicas": 2}}
    result = kavier.compare([small, two], seeds=2)
    assert [one.letter for one in result.scenarios] == ["A", "B"]
    assert result.scenarios[0].seeds == [1, 2]
    runs = [kavier.simulate(small), kavier.simulate(two)]
    assert len(kavier.compare(runs).scenarios) == 2
