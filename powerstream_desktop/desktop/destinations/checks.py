"""What checks of destinations found, until they are looked at in a broadcast."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.client.preflight import DestinationReport, PreflightReport
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.destinations.destination_row import DestinationRow
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.language.refusals import refusal_words
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.link.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found; without words it is still being made."""

    light: LightKind
    words: str
    error: str = ""
    remedy: str = ""


class Checks(QObject):
    """Has destinations checked, and remembers what was found.

    Args:
        desk: takes errands.
        parent: the page.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: dict[str, Checked] = {}

    def check(self, endpoint_ids: Sequence[str]) -> None:
        """Have these looked at, all at the same time."""
        if not endpoint_ids:
            return
        chosen = tuple(endpoint_ids)
        for each in chosen:
            self._found[each] = Checked(light=LightKind.WORKING, words=self.tr("Checking…"))
        self.changed.emit()
        self._desk.ask(
            lambda client: client.preflight.look(selected_endpoints=chosen),
            lambda report: self._know(chosen, report),
            otherwise=lambda error: self._not_known(chosen, error),
            owner=self,
        )

    def seen_in(self, row: DestinationRow) -> DestinationRow:
        """Return a line with what its check found; one that is on air tells by itself how it stands."""
        found = self._found.get(row.id)
        if found is None or row.is_on_air:
            return row
        return dataclasses.replace(
            row, light=found.light, now=found.words, last_error=found.error, remedy=found.remedy
        )

    def _know(self, chosen: tuple[str, ...], report: PreflightReport) -> None:
        for endpoint_id, destination in zip(chosen, report.destinations, strict=False):
            self._found[endpoint_id] = self._checked(destination)
        self.changed.emit()

    def _not_known(self, chosen: tuple[str, ...], error: PowerStreamError) -> None:
        for each in chosen:
            self._found[each] = Checked(
                light=LightKind.OFF, words=self.tr("Not checked"), error=refusal_words(error)
            )
        self.changed.emit()

    def _checked(self, report: DestinationReport) -> Checked:
        worst = next(
            (
                each
                for severity in ("error", "warning")
                for each in report.findings
                if each.severity == severity
            ),
            None,
        )
        error = "" if worst is None else said(worst.code, worst.message)
        remedy = "" if worst is None else said(worst.code, worst.hint)
        if not report.is_ready:
            return Checked(light=LightKind.BAD, words=self.tr("Not ready"), error=error, remedy=remedy)
        # No green: that is for a platform that takes our stream.
        if worst is not None:
            return Checked(light=LightKind.SLOW, words=self.tr("Answers, but"), error=error, remedy=remedy)
        return Checked(light=LightKind.OFF, words=self.tr("Answers"))
