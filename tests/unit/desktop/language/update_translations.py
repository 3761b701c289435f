"""Brings the files of the translations to what the code says: ``python -m tests.unit.desktop.language.update_translations``.

New texts are added as unfinished, for somebody to write; those that the code has no more are taken out. One file for each area
of the window (``resources/translations/de/<area>.ts``); English has one only where something is counted. With ``--check``
nothing is written: it says what would change, and what is unfinished.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.desktop.language.ts_file import Message, read_ts
from tests.unit.desktop.language.code_texts import ROOT, CodeText, areas, texts_of
from tests.unit.desktop.language.ts_writing import ts_text

TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One file as it should be.

    Attributes:
        messages: what belongs into it; none if there should be no file.
        text: the same, as the file's text.
    """

    path: Path
    messages: tuple[Message, ...]
    text: str

    @property
    def is_needed(self) -> bool:
        """The file is another, or is missing, or should not be there."""
        there = self.path.read_text("utf-8") if self.path.exists() else ""
        return there != (self.text if self.messages else "")


def updates(translations: Path = TRANSLATIONS) -> Iterator[Update]:
    """Yield every file as it should be, also those that should be gone."""
    texts = {area: texts_of(paths) for area, paths in areas().items()}
    for language in LANGUAGES:
        folder = translations / language
        for area in sorted({*texts, *(path.stem for path in folder.glob("*.ts"))}):
            wanted = [each for each in texts.get(area, ()) if language != "en" or each.is_counted]
            path = folder / f"{area}.ts"
            messages = merged(wanted, read_ts(path) if path.exists() else ())
            yield Update(path=path, messages=messages, text=ts_text(messages, language))


def merged(wanted: Sequence[CodeText], there: Sequence[Message]) -> tuple[Message, ...]:
    """Return the messages for ``wanted``, with the translations that are there."""
    known = {(each.context, each.source, each.comment, each.is_counted): each for each in there}
    return tuple(
        known.get((each.context, each.source, each.comment, each.is_counted))
        or Message(
            context=each.context,
            source=each.source,
            comment=each.comment,
            translation=("", "") if each.is_counted else ("",),
            is_counted=each.is_counted,
            is_finished=False,
        )
        for each in wanted
    )


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; the exit code is 1 when there is something left to write."""
    is_check = "--check" in arguments
    unfinished = 0
    for update in updates():
        if update.is_needed:
            _say(
                f"{update.path.relative_to(ROOT)} {'differs from the code' if is_check else 'is written anew'}"
            )
            if not is_check:
                _write(update)
        for message in update.messages:
            if not message.is_finished:
                unfinished += 1
                _say(f"{update.path.relative_to(ROOT)}: {message.context}: {message.source!r}")
    _say(f"{unfinished} texts wait for a translation.")
    return 1 if unfinished else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _write(update: Update) -> None:
    if update.messages:
        update.path.parent.mkdir(parents=True, exist_ok=True)
        update.path.write_text(update.text, "utf-8")
    else:
        update.path.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
