"""A stranger on a bare Debian does what the bootstrap tells him."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

import pytest

from installer import system_packages, verbs
from installer.bare_root import as_stranger
from installer.package.clean_root import CleanRoot
from installer.steps import BootstrapError


class TalkingRoot(CleanRoot):
    """A root without a system: the first command answers with ``said``, whatever else is run is noted and succeeds."""

    def __init__(self, code: int, said: str) -> None:
        self.answer = (code, said)
        self.done: list[Sequence[str]] = []

    def command(self, words: Sequence[str], *, user: str = "", display: str = "") -> list[str]:
        return ["true"]

    def run(self, *words: str, user: str = "", display: str = "") -> tuple[int, str]:
        if not user:
            self.done.append(words)
        return self.answer if user else (0, "")


def what_the_bootstrap_says(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system_packages, "run", lambda command: (0, ""))
    with pytest.raises(BootstrapError) as caught:
        system_packages.install_system_packages(["xvfb", "nginx"], [])
    assert caught.value.code == 2
    return str(caught.value)


def test_root_installs_exactly_what_the_bootstrap_tells_an_ordinary_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = TalkingRoot(2, f"    a line of a log\n{what_the_bootstrap_says(monkeypatch)}\n")
    assert as_stranger(root, "run") == 0
    update, install = root.done
    assert list(update) == ["apt-get", "update", "--yes"]
    assert list(install[:3]) == ["apt-get", "install", "--no-install-recommends"]
    assert {"xvfb", "nginx", "--yes"} <= set(install)


@pytest.mark.parametrize(
    ("code", "said"), [(0, "It runs."), (1, "  sudo apt-get update && sudo apt-get install x"), (2, "No.")]
)
def test_a_bootstrap_that_does_not_say_what_is_missing_has_failed(code: int, said: str) -> None:
    with pytest.raises(BootstrapError, match="did not say what to install"):
        as_stranger(TalkingRoot(code, said), "run")


def test_only_root_can_make_a_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(BootstrapError, match="by root only") as caught:
        verbs.bare_root([])
    assert caught.value.code == 2
