"""The store of replays and the PowerStream server: can they be reached, do they let this computer in, and do the clocks agree?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.service.doctor.check import Level, Verdict
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.settings.document import DamagedDocumentError, read_document
from powerstream_desktop.service.settings.settings_file import FILE_NAME

NOTED_SKEW_S: Final = 60.0
_REMEDY: Final = "Look at it in the settings of the cloud."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that is wrong or could be better, and what to do."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudFindings:
    """What the service has found of the cloud just now.

    Attributes:
        place: the store in a few words.
        is_good: replays can be kept there.
        told: what hinders, and what could be better.
        server: address of the PowerStream server; None if none was chosen.
        server_trouble: why it cannot be told of replays; None if it can.
        server_clock_offset_s: how far its clock is ahead.
    """

    place: str
    is_good: bool
    told: tuple[Told, ...] = ()
    server: str | None = None
    server_trouble: Told | None = None
    server_clock_offset_s: float = 0.0


def look_at_cloud(options: CloudOptions, ask: Callable[[], CloudFindings]) -> tuple[Verdict, ...]:
    """Look whether replays can be kept in the store, and told of at the server.

    Args:
        options: of the settings.
        ask: asks the service, and it the network; only called where a store was chosen.
    """
    if options.kind is CloudKind.OFF:
        return (Verdict(sentence="No store for copies of replays was chosen."),)
    found = ask()
    return (*_store(found), *_server(found))


def kept_options(config: Path) -> CloudOptions:
    """Return the options of the cloud in the settings of a folder; the defaults if they cannot be read. Changes nothing."""
    try:
        return read_document((config / FILE_NAME).read_bytes()).settings.cloud
    except (OSError, DamagedDocumentError):
        return CloudOptions()


def _store(found: CloudFindings) -> Iterator[Verdict]:
    if found.is_good:
        yield Verdict(sentence=f"Replays can be kept in the cloud store {found.place}.")
    yield from map(_warning, found.told)


def _server(found: CloudFindings) -> Iterator[Verdict]:
    if found.server_trouble is not None:
        yield _warning(found.server_trouble)
    elif found.server is not None:
        yield Verdict(sentence=f"The PowerStream server {found.server} can be told of replays.")
    skew_s = abs(found.server_clock_offset_s)
    if skew_s > NOTED_SKEW_S:
        yield Verdict(
            level=Level.WARNING,
            sentence=f"This computer's clock and the PowerStream server's differ by {skew_s / 60:.0f} minutes.",
            remedy="Set the computer's clock by the network.",
        )


def _warning(told: Told) -> Verdict:
    return Verdict(level=Level.WARNING, sentence=told.sentence, remedy=told.remedy or _REMEDY)
