"""Finds the program and runs it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import warnings
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from kavier._errors import KavierError, KavierWarning, ProgramMissing
from kavier._messages import Messages

_INTERRUPTED = 130


def program() -> str:
    """The program's path: ``$KAVIER``, else what came with the package, else on ``PATH``."""
    named = os.environ.get("KAVIER")
    if named:
        found = shutil.which(named)
        if found is None:
            raise ProgramMissing(f"KAVIER names {named}, which is no program that can be run")
        return found
    bundled = Path(__file__).parent / "bin" / "kavier"
    found = shutil.which(str(bundled)) or shutil.which("kavier")
    if found is None:
        raise ProgramMissing(
            "there is no program kavier on PATH; install it, or set the environment variable "
            "KAVIER to its path"
        )
    return found


def version() -> str:
    """The program's version."""
    return run(["--version"]).output.strip()


class Outcome(NamedTuple):
    """What the program wrote to its standard output, what it said beside, and how it ended."""

    output: str
    said: str
    exit_code: int
    command: list[str]

    def error(self) -> KavierError:
        """The same as an error."""
        message = self.said.strip() or f"kavier ended with {_ending(self.exit_code)}"
        return KavierError(message, self.exit_code, self.command)

    def warn(self) -> None:
        """Passes on what it said although all went well."""
        if self.said.strip():
            warnings.warn(self.said.strip(), KavierWarning, stacklevel=4)


def run(
    arguments: Sequence[str], *, allowed: Collection[int] = (0,), renamed: str | None = None
) -> Outcome:
    """Runs the program to its end; an exit code that is not ``allowed`` is raised.

    ``renamed``: the path of a scenario that was written for the program; messages do not name it.
    """
    outcome = attempt(arguments, renamed=renamed)
    if outcome.exit_code not in allowed:
        raise outcome.error()
    outcome.warn()
    return outcome


def attempt(arguments: Sequence[str], *, renamed: str | None = None) -> Outcome:
    """Runs the program to its end, however that is.

    It is in a session of its own, so that Ctrl-C reaches it once, from here, in a terminal and in a
    notebook alike.
    """
    command = [program(), *arguments]
    with Messages(renamed) as messages:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=messages.end,
                start_new_session=True,
            )
        except OSError as problem:
            raise ProgramMissing(f"cannot run {command[0]}: {problem.strerror}") from problem
        messages.read()
        try:
            output, _ = process.communicate()
        except BaseException:
            process.send_signal(signal.SIGINT)
            process.communicate()
            raise
        said = messages.all()
    if process.returncode == _INTERRUPTED:
        raise KeyboardInterrupt
    return Outcome(output.decode(), said, process.returncode, command)


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
