"""How far an import is, as the service tells it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from powerstream_desktop.client.reading import Words

CHANGE = "import"
"""What the library's events are called that tell of an import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that did not come into the library.

    Attributes:
        file: its name.
        code: why, for translations.
        message: the same as a sentence.
    """

    file: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """One import at one moment.

    Attributes:
        done: files that were looked into.
        total: files there are.
        taken: of those done, how many came into the library.
        file: that is looked into now.
        is_over: nothing more will come.
        refused: the first of those that did not come in.
        import_id: which import it is; empty where that is not told.
    """

    done: int
    total: int
    taken: int
    file: str = ""
    is_over: bool = False
    refused: tuple[RefusedFile, ...] = ()
    import_id: str = ""

    @property
    def refused_count(self) -> int:
        """How many did not come in; there may be more of them than are told one by one."""
        return max(self.done - self.taken, len(self.refused))


def progress_of(words: Words) -> ImportProgress | None:
    """Return what an event of the library says; None if it says something else, or nothing that can be shown."""
    if words.get("change") != CHANGE:
        return None
    return ImportProgress(
        done=_number(words, "done"),
        total=_number(words, "total"),
        taken=_number(words, "taken"),
        file=_text(words, "file"),
        is_over=words.get("state") == "done",
        refused=tuple(_refused(words)),
        import_id=_text(words, "importId"),
    )


def _refused(words: Words) -> list[RefusedFile]:
    told: Any = words.get("refused")
    rows = told if isinstance(told, list | tuple) else ()
    return [
        RefusedFile(file=_text(each, "file"), code=_text(each, "code"), message=_text(each, "message"))
        for each in rows
        if isinstance(each, dict)
    ]


def _number(words: Words, name: str) -> int:
    value = words.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _text(words: Words, name: str) -> str:
    value = words.get(name)
    return value if isinstance(value, str) else ""
