"""What can go wrong."""

from __future__ import annotations

from collections.abc import Sequence


class KavierError(Exception):
    """The program refused, or failed.

    ``messages`` are the lines that it said; ``exit_code`` is one of those that
    ``kavier --help`` lists; ``command`` is what was run.
    """

    def __init__(self, message: str, exit_code: int, command: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.messages = [line for line in message.splitlines() if line.strip()]
        self.exit_code = exit_code
        self.command = list(command)


class ProgramMissing(KavierError):
    """There is no program ``kavier`` to run."""

    def __init__(self, message: str) -> None:
        super().__init__(message, exit_code=69)


class KavierWarning(UserWarning):
    """What the program said although it did what it was asked for."""
