from __future__ import annotations

import math
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import kavier


def test_all_mistakes_are_told_without_the_name_of_a_file(small: dict[str, Any]) -> None:
    small["fleet"]["replicas"] = "many"
    small["router"] = "nearest"
    with pytest.raises(kavier.KavierError) as caught:
        kavier.simulate(small)
    error = caught.value
    assert error.exit_code == 65
    assert len(error.messages) == 2
    assert error.messages[0].startswith("fleet.replicas: ")
    assert error.messages[1].startswith("router: ")
    assert error.command[1] == "simulate"
    assert os.listdir() == []


def test_exit_codes(small: dict[str, Any]) -> None:
    with pytest.raises(kavier.KavierError, match=r"missing\.yaml") as caught:
        kavier.simulate("missing.yaml")
    assert caught.value.exit_code == 66
    with pytest.raises(kavier.KavierError) as caught:
        kavier.compare([small])
    assert caught.value.exit_code == 64


def test_values_that_json_does_not_have(small: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Out of range"):
        kavier.simulate(small, set={"impact.price": math.nan})
    with pytest.raises(TypeError, match="a object cannot stand in a scenario"):
        kavier.simulate({**small, "seed": object()})
    with pytest.raises(TypeError, match="need axes"):
        kavier.sweep(small, seeds=2)


def test_no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAVIER", str(tmp_path / "nothing"))
    with pytest.raises(kavier.ProgramMissing, match=r"KAVIER names .*nothing"):
        kavier.simulate()
    monkeypatch.delenv("KAVIER")
    monkeypatch.setenv("PATH", str(tmp_path))
    if not (Path(kavier.__file__).parent / "bin" / "kavier").exists():
        with pytest.raises(kavier.ProgramMissing, match="no program kavier on PATH"):
            kavier.version()


def test_a_program_that_dies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stub = tmp_path / "stub"
    stub.write_text("#!/bin/sh\nkill -9 $$\n")
    stub.chmod(0o755)
    monkeypatch.setenv("KAVIER", str(stub))
    with pytest.raises(kavier.KavierError, match="signal SIGKILL") as caught:
        kavier.version()
    assert caught.value.exit_code == -signal.SIGKILL


def test_what_is_said_beside_a_result_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stub = tmp_path / "stub"
    stub.write_text("#!/bin/sh\necho 'some rows are odd' >&2\necho 1.2\n")
    stub.chmod(0o755)
    monkeypatch.setenv("KAVIER", str(stub))
    with pytest.warns(kavier.KavierWarning, match="some rows are odd"):
        assert kavier.version() == "1.2"


def in_terminal(code: str, then: signal.Signals | None = None) -> tuple[int, str, str]:
    """Runs Python with a terminal as its standard error; exit code, output, what is shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=theirs, text=True
    )
    os.close(theirs)
    shown = b""

    def read() -> None:
        nonlocal shown
        while True:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                return

    reader = threading.Thread(target=read)
    reader.start()
    if then is not None:
        while b" plans" not in shown and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(then)
    output, _ = process.communicate(timeout=60)
    reader.join()
    os.close(ours)
    return process.returncode, output, shown.decode()


SWEEP = """
import kavier
scenario = {
    "workload": {"synthetic": {"requests": REQUESTS, "arrivals": {"rate": "2 /s"},
                 "prompt_tokens": 400, "output_tokens": 50}},
    "fleet": {"model": "llama-3.1-8b", "accelerator": "h100-sxm"},
}
try:
    axes = {"workload.synthetic.arrivals.rate": [f"{n} /s" for n in range(1, 60)]}
    print(len(kavier.sweep(scenario, axes, store="runs.sqlite", jobs=1)))
except KeyboardInterrupt:
    print("interrupted")
"""


def test_progress_is_shown_in_a_terminal(small: dict[str, Any]) -> None:
    code, output, shown = in_terminal(SWEEP.replace("REQUESTS", "50"))
    assert (code, output) == (0, "59\n")
    assert " of 59 plans" in shown
    assert shown.endswith("\r\x1b[K")
    assert "\n" not in shown


def test_an_interrupt_stops_the_program_and_keeps_what_is_done(small: dict[str, Any]) -> None:
    code, output, _ = in_terminal(SWEEP.replace("REQUESTS", "3000"), then=signal.SIGINT)
    assert (code, output) == (0, "interrupted\n")
    rest = subprocess.run(
        [kavier.program(), "sweep", "--help"], check=True, capture_output=True, text=True
    )
    assert rest.stdout
    assert Path("runs.sqlite").exists()
    assert not Path(".runs.sqlite.lock").exists()
