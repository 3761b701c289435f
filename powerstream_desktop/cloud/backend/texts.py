"""What people write about a replay, here and at the server, brought together (reliability_security.md 4.6, I5). Pure.

The server keeps no clocks. What only one side has edited since both agreed is taken; what both have edited is ours, and theirs is kept
in the replay's history.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from powerstream_desktop.cloud.backend.backend_words import BackendReplay, Registration


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What can be edited on both sides."""

    title: str
    description: str
    station_id: str | None

    @classmethod
    def of(cls, replay: BackendReplay | Registration) -> Texts:
        """Return the texts of what is said of a replay."""
        return cls(title=replay.title, description=replay.description, station_id=replay.station_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was said when both sides last agreed. They may spell it differently: a server may trim what it is told.

    Attributes:
        ours, theirs: of each side.
    """

    ours: Texts
    theirs: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class LostWords:
    """What somebody wrote at the server and another edit has replaced.

    Attributes:
        field: such as ``title``.
    """

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedTexts:
    """What both sides shall say.

    Attributes:
        texts: the result.
        lost: what it leaves out of the server's.
    """

    texts: Texts
    lost: tuple[LostWords, ...]


def merge_texts(agreed: Agreement | None, ours: Texts, theirs: Texts) -> MergedTexts:
    """Return what both sides shall say.

    Args:
        agreed: when they last did; None if they never have, as far as is known.
        ours: as this computer has it.
        theirs: as the server has it.
    """
    said: dict[str, str | None] = {}
    lost: list[LostWords] = []
    for name in (each.name for each in fields(Texts)):
        here, there = getattr(ours, name), getattr(theirs, name)
        is_edited_here = agreed is None or here != getattr(agreed.ours, name)
        is_edited_there = agreed is None or there != getattr(agreed.theirs, name)
        if here == there or (is_edited_there and not is_edited_here):
            said[name] = there
            continue
        said[name] = here
        if is_edited_there and is_edited_here and there:
            lost.append(LostWords(field=name, text=there))
    return MergedTexts(texts=Texts(**said), lost=tuple(lost))  # type: ignore[arg-type]


def words_since(agreed: Agreement, theirs: Texts) -> tuple[LostWords, ...]:
    """Return what was written at the server since both sides last agreed."""
    return tuple(
        LostWords(field=name, text=text)
        for name in ("title", "description")
        if (text := getattr(theirs, name)) and text != getattr(agreed.theirs, name)
    )
