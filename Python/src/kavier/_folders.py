"""Temporary folders that live as long as what was made in them."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path


class TemporaryFolder:
    """A folder that is gone when nothing refers to this object any more."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="kavier-"))
        self._end = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
