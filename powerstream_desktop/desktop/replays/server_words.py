"""What is said of the PowerStream server that is told of replays. Pure, but for the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.cloud import CloudServer, RefusedReplay
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.language.said import said

_RETRIED: Final = frozenset({"unreachable", "slow_down", "failed", "changed"})
"""Troubles that nobody need do anything about: it is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLine:
    """How it stands with the server.

    Attributes:
        remedy: what to do; may be empty.
        needs_settings: it is done there.
    """

    light: LightKind
    sentence: str
    remedy: str = ""
    needs_settings: bool = False

    @property
    def is_bad(self) -> bool:
        """Somebody should know of it without asking."""
        return self.light in {LightKind.BAD, LightKind.SLOW}


def server_line(server: CloudServer) -> ServerLine:
    """Return what is said of it: what hinders most stands first."""
    translate = QCoreApplication.translate
    trouble = server.trouble
    if trouble is not None:
        return ServerLine(
            light=LightKind.SLOW if trouble.code in _RETRIED else LightKind.BAD,
            sentence=said(trouble.code, trouble.sentence),
            remedy=said(trouble.code, trouble.remedy),
            needs_settings=trouble.code not in _RETRIED,
        )
    if server.refused_count:
        text = translate("Cloud", "It does not take %n replay(s).", "", server.refused_count)
        return ServerLine(
            light=LightKind.SLOW, sentence=text, remedy=" ".join(map(refused_words, server.refused[:1]))
        )
    if server.missing:
        text = translate(
            "Cloud", "%n replay(s) are gone from the cloud store, and have no file here.", "", server.missing
        )
        remedy = translate("Cloud", "Look whether another computer has the files, and upload them there.")
        return ServerLine(light=LightKind.SLOW, sentence=text, remedy=remedy)
    return _well(server)


def refused_words(refused: RefusedReplay) -> str:
    """Return which replay it does not take, why, and what to do."""
    trouble = refused.trouble
    words = (said(trouble.code, trouble.sentence), said(trouble.code, trouble.remedy))
    title = refused.title or refused.asset_id
    return QCoreApplication.translate("Cloud", "“{title}”: {why}").format(
        title=title, why=" ".join(each for each in words if each)
    )


def _well(server: CloudServer) -> ServerLine:
    translate = QCoreApplication.translate
    if server.untold:
        text = translate("Cloud", "It is being told of %n replay(s).", "", server.untold)
        return ServerLine(light=LightKind.WORKING, sentence=text)
    if server.compared_at is None:
        return ServerLine(light=LightKind.WORKING, sentence=translate("Cloud", "It is being asked."))
    sentence = translate("Cloud", "It knows all replays that this computer has uploaded.")
    if server.only_there:
        others = translate("Cloud", "%n more are listed there only.", "", server.only_there)
        sentence = f"{sentence} {others}"
    return ServerLine(light=LightKind.LIVE, sentence=sentence)
