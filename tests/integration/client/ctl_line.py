"""``powerstream ctl`` as somebody types it, in this process."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from powerstream_desktop.cli.main import main

KEY = "live_4821_canaryKQ7"


class Line:
    """Runs ``powerstream ctl`` in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.out = self.err = ""

    def run(self, *arguments: str, stdin: str = "") -> int:
        """Return the exit code; what was printed is in ``out`` and ``err``, and holds no key."""
        self._monkeypatch.setattr(sys, "argv", ["powerstream", "ctl", *arguments])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        self.out, self.err = self._capsys.readouterr()
        assert KEY not in self.out + self.err
        code = ended.value.code or 0
        assert isinstance(code, int)
        return code

    def says(self, *arguments: str, stdin: str = "") -> str:
        """Return what a command that succeeds prints."""
        assert self.run(*arguments, stdin=stdin) == 0, self.err
        assert self.err == ""
        return self.out

    def json(self, *arguments: str, stdin: str = "") -> Any:
        return json.loads(self.says(*arguments, "--json", stdin=stdin))

    def refused(self, *arguments: str) -> str:
        """Return the sentence of a command that changed nothing."""
        assert self.run(*arguments) == 2
        assert self.out == ""
        [sentence] = self.err.splitlines()
        return sentence
