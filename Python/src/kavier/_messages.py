"""The program's standard error: messages, and in a terminal a line of progress."""

from __future__ import annotations

import os
import pty
import re
import sys
import threading
from types import TracebackType

# What the program writes before each state of its line of progress, and to take it away.
_CLEARED = re.compile(r"\r\x1b\[2?K")


class Messages:
    """One end for the program to write to, and what came out of it.

    Where Python's own standard error is a terminal, the program gets one as well: only then does it
    show how far it is, and that is passed on.
    """

    def __init__(self, renamed: str | None) -> None:
        self._renamed = renamed
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._start, self.end = pty.openpty() if self._is_shown else os.pipe()
        self._is_open = True
        self._text = ""
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Messages:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._close_end()
        if self._reader.is_alive():
            self._reader.join(timeout=5)
        os.close(self._start)

    def read(self) -> None:
        """Begins to read, once the program has its end."""
        self._close_end()
        self._reader.start()

    def all(self) -> str:
        """All messages, after the program has ended."""
        self._reader.join()
        pieces = _CLEARED.split(self._text)
        text = pieces[0] + (pieces[-1] if len(pieces) > 1 else "")
        text = text.replace("\r\n", "\n")
        if self._renamed is None:
            return text
        return re.sub(re.escape(self._renamed) + r"(:\d+)?: ", "", text)

    def _close_end(self) -> None:
        if self._is_open:
            self._is_open = False
            os.close(self.end)

    def _read(self) -> None:
        pending = b""
        while True:
            try:
                part = os.read(self._start, 1 << 16)
            except OSError:  # How a terminal says that nobody writes to it any more.
                break
            if not part:
                break
            pending += part
            if self._is_shown:
                self._show(_CLEARED.split(part.decode(errors="replace")))
        self._text = pending.decode(errors="replace")
        if self._is_shown:
            self._show(["", ""])

    @staticmethod
    def _show(pieces: list[str]) -> None:
        # A piece with a line break is a message, and becomes a warning or an error.
        if len(pieces) > 1 and "\n" not in pieces[-1]:
            sys.stderr.write("\r\x1b[K" + pieces[-1])
            sys.stderr.flush()
