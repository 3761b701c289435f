"""A real browser that watches an HLS folder: Chromium without a window, with a page of our own (``mse_player.html``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.e2e.support.folder_server import PAGE_PATH, FolderServer
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import TimedOutError, wait_until

BINARY = "chromium"
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio",
    "--autoplay-policy=no-user-gesture-required", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-extensions", "--disable-features=MediaRouter,OptimizationHints",
    # Nothing may be asked of anybody but the page's server.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What the page says of itself.

    Attributes:
        problem: what went wrong, empty when nothing did.
        at_s: where it plays, in seconds of the stream.
        end_s: how far it has loaded.
        holes: how many holes are in what it has loaded.
        width: of the picture; 0 before the first.
        frames: pictures shown.
        sound_bytes: of sound decoded.
        ended: whether it has played to the end.
    """

    problem: str
    at_s: float
    end_s: float
    holes: int
    width: int
    frames: int
    sound_bytes: int
    ended: bool


class Browser:
    """Chromium with the page open; it ends with its stage.

    Args:
        stage: what it runs on.
        server: serves the folder whose ``index.m3u8`` the page plays.
        codecs: what the stream has, as browsers want them named.
    """

    def __init__(self, stage: Stage, server: FolderServer, codecs: str) -> None:
        self._server = server
        home = stage.folder / "browser-home"
        url = f"{server.url(PAGE_PATH)}#{quote(codecs)}"
        command: list[str | Path] = [BINARY, *OPTIONS, f"--user-data-dir={home}", url]
        self._process: TestProcess = stage.process(command, name="browser", env={"HOME": str(home)})

    def wait_for(self, wanted: Callable[[Watched], bool], *, what: str, timeout_s: float) -> Watched:
        """Return the first report that is ``wanted``; one of a problem before it fails the test."""

        def look() -> Watched | None:
            for fields in tuple(self._server.reports):
                report = Watched(**fields)
                assert not report.problem, f"{report.problem}: {report}"
                if wanted(report):
                    return report
            return None

        try:
            found = wait_until(look, what=what, timeout_s=timeout_s)
        except TimedOutError as error:
            last = self._server.reports[-1:]
            raise TimedOutError(f"{error}\n{last}\n{self._process.log_tail()}") from None
        assert found is not None
        return found
