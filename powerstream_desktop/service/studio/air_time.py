"""One turn of the engine's program on air: who gets its slates, and who is told when no engine will come any more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.service.studio.slate_file import SlateFile


class AirTime:
    """Owner: the studio's engine, on its loop.

    Args:
        use_slate: takes each slate that an engine leaves.
        on_given_up: called once at most, with the reason why no engine will be started again.
    """

    def __init__(
        self,
        use_slate: Callable[[Rendition, Slate], None],
        on_given_up: Callable[[PowerStreamError], None],
    ) -> None:
        self._slates = {rendition: SlateFile(partial(use_slate, rendition)) for rendition in Rendition}
        self._on_given_up: Callable[[PowerStreamError], None] | None = on_given_up

    def slate_ready(self, rendition: Rendition, path: Path) -> None:
        """An engine has left a slate at ``path``."""
        self._slates[rendition].ready(path)

    def given_up(self, reason: PowerStreamError) -> None:
        """No engine will be started again."""
        tell, self._on_given_up = self._on_given_up, None
        if tell is not None:
            tell(reason)

    async def aclose(self) -> None:
        """Wait for the slates that are being read."""
        for slates in self._slates.values():
            await slates.aclose()
