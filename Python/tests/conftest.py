from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import kavier


def pytest_configure() -> None:
    """Without a program there is nothing to test: that is a failure, not a reason to skip."""
    kavier.version()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A scenario that runs in a moment; tests are in a folder of their own."""
    if "KAVIER" in os.environ:
        monkeypatch.setenv("KAVIER", kavier.program())
    monkeypatch.chdir(tmp_path)
    return {
        "name": "sm\u00e5ll \U0001f600",
        "workload": {
            "synthetic": {
                "requests": 60,
                "arrivals": {"rate": "2 /s"},
                "prompt_tokens": 400,
                "output_tokens": 50,
            }
        },
        "fleet": {"model": "llama-3.1-8b", "accelerator": "h100-sxm", "replicas": 1},
        "slo": {"ttft": "1 s"},
    }
