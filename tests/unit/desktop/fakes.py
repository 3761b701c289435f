"""Hand-written stand-ins for what the window lends to its pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import AnswerT, Refusal
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FakeDesk:
    """Runs errands at once, or when ``work`` is called while ``is_slow``.

    Args:
        client: has the rooms that the errands under test go to.

    Attributes:
        refused: errors that nobody took.
    """

    def __init__(self, client: object) -> None:
        self._client = cast("Client", client)
        self._waiting: list[Callable[[], None]] = []
        self.is_slow = False
        self.refused: list[PowerStreamError] = []

    def ask(
        self,
        errand: Callable[[Client], AnswerT],
        then: Callable[[AnswerT], None] | None = None,
        *,
        otherwise: Refusal | None = None,
        owner: QObject,
    ) -> None:
        """See ``Desk.ask``."""
        assert isinstance(owner, QObject)

        def run() -> None:
            try:
                answer = errand(self._client)
            except PowerStreamError as error:
                (otherwise or self.refused.append)(error)
                return
            if then is not None:
                then(answer)

        def told() -> None:
            # This may run inside an override of Qt's, which no exception of Python's may leave; the fixture that notes them fails the test.
            try:
                run()
            except Exception:  # noqa: BLE001 - whatever a test's client lacks
                sys.excepthook(*sys.exc_info())

        if self.is_slow:
            self._waiting.append(told)
        else:
            told()

    def work(self) -> None:
        """Run what waits."""
        waiting, self._waiting = self._waiting, []
        for run in waiting:
            run()


class FakeWays:
    """Notes where a page led to."""

    def __init__(self) -> None:
        self.went: list[tuple[PageName, str]] = []
        self.sheets: list[QWidget] = []
        self.said: list[tuple[str, str]] = []
        self.told: list[tuple[str, str]] = []
        """Those of ``said`` that are good news."""

    def go_to(self, page: PageName, subject: str = "") -> None:
        """See ``Ways``."""
        self.went.append((page, subject))

    def open_sheet(self, sheet: QWidget) -> None:
        """See ``Ways``."""
        self.sheets.append(sheet)

    def close_sheet(self) -> None:
        """See ``Ways``."""
        if self.sheets:
            self.sheets.pop()

    def say(self, sentence: str, remedy: str = "") -> None:
        """See ``Ways``."""
        self.said.append((sentence, remedy))

    def tell(self, sentence: str, detail: str = "") -> None:
        """See ``Ways``."""
        self.said.append((sentence, detail))
        self.told.append((sentence, detail))


def surroundings_with(client: object) -> tuple[Surroundings, FakeDesk, OutlookFeed, FakeWays]:
    """Return surroundings whose parts a test holds."""
    desk, feed, ways = FakeDesk(client), OutlookFeed(), FakeWays()
    return Surroundings(desk=desk, feed=feed, ways=ways), desk, feed, ways


def words(**values: Any) -> dict[str, Any]:
    """Return an API's own words, where a test does not care for them."""
    return values
