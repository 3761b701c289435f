"""Several runs of the same tests share them by file: whoever is free takes the next, the others leave it out.

No run waits for another one's long file, and nobody has to say how long which file takes. Files marked ``exacting`` judge time
or shares of a processor so closely that two of them never run at once. Off unless ``--share-files`` names an empty folder, in
which a file of tests that has begun leaves its mark.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, Self, cast

import pytest

from tests.strictness.guard import HANGS_S

if sys.platform != "win32":
    import fcntl

_OPTION: Final = "--share-files"


def add_option(parser: pytest.Parser) -> None:
    """Make ``--share-files`` known."""
    parser.addoption(
        _OPTION, type=Path, default=None, help="share the files of tests by marks in this folder"
    )


def register_if_asked(config: pytest.Config) -> None:
    """Share, if the option was given."""
    folder: Path | None = config.getoption(_OPTION)
    if folder is not None:
        config.pluginmanager.register(SharedFilesPlugin(config.rootpath, folder))


class SharedFilesPlugin:
    """Runs the files that no other run has begun.

    Args:
        root: of the project.
        folder: of the marks.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed or session.config.option.collectonly:
            return None  # there is nothing to run, and pytest itself says so
        files = _long_ones_first(_by_file(session.items))
        with ExactingTurn(self._folder / "exacting") as turn:
            while files:
                path = _next_file(files, turn)
                items = files.pop(path)
                if self._take(path):
                    _run(session, items, following=next((their[0] for their in files.values()), None))
                turn.end()
        return True

    def _take(self, path: Path) -> bool:
        name = ".".join(path.relative_to(self._root).parts)
        try:
            (self._folder / name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class ExactingTurn:
    """One of the runs at a time has it; who is killed has it no longer. On Windows, which shares no tests, there is none.

    Args:
        path: a file that stands for it.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def begin(self, *, waits: bool) -> bool:
        """Say whether it is ours; it always is when we have waited."""
        if sys.platform == "win32":
            return True
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def end(self) -> None:
        """Leave it to another run."""
        if sys.platform != "win32":
            fcntl.flock(self._file, fcntl.LOCK_UN)


def _next_file(files: dict[Path, list[pytest.Item]], turn: ExactingTurn) -> Path:
    """Return the first file that may run now; an exacting one has the turn."""
    for path, items in files.items():
        if not _is_exacting(items) or turn.begin(waits=False):
            return path
    turn.begin(waits=True)
    return next(iter(files))


def _is_exacting(items: list[pytest.Item]) -> bool:
    return any(item.get_closest_marker("exacting") is not None for item in items)


def _by_file(items: list[pytest.Item]) -> dict[Path, list[pytest.Item]]:
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    return files


def _long_ones_first(files: dict[Path, list[pytest.Item]]) -> dict[Path, list[pytest.Item]]:
    """Return the files in another order: at the end, a long one would keep one run at work alone.

    A file is long if it grants its tests more time than all have; the more, the earlier it begins.
    """
    granted_s = {path: max(map(_granted_s, items)) for path, items in files.items()}
    ordered = sorted(files, key=lambda path: max(granted_s[path], HANGS_S), reverse=True)
    return {path: files[path] for path in ordered}


def _granted_s(item: pytest.Item) -> float:
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark is not None and mark.args else 0.0


def _run(session: pytest.Session, items: list[pytest.Item], *, following: pytest.Item | None) -> None:
    """Run them as pytest's own loop does, which knows but one list.

    Args:
        session: of this run.
        items: of one file.
        following: of a file that may be the next one: what the run as a whole shares is kept for it.
    """
    session._setupstate.teardown_exact(items[0])  # the one before expected another one to follow
    for item, after in zip(items, [*items[1:], following], strict=True):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=cast("pytest.Item", after))
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
