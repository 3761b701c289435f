"""Reads translations from Qt Linguist's files. They are read as they are: nothing has to be compiled, and a mistake is mended in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QXmlStreamReader

from powerstream_desktop.common.errors import BugError

_NOT_FINISHED: Final = frozenset({"unfinished", "vanished", "obsolete"})
_TEXT: Final = QXmlStreamReader.ReadElementTextBehaviour.IncludeChildElements


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One text of the window.

    Attributes:
        context: where it stands: the name of a class, most often.
        source: the text in the code.
        comment: tells apart two meanings of one text; mostly empty.
        translation: one form, or that for one and that for many of a counted text.
        is_counted: the text has a number in it, and so a form for one and a form for many.
        is_finished: somebody has written the translation.
    """

    context: str
    source: str
    comment: str = ""
    translation: tuple[str, ...] = ()
    is_counted: bool = False
    is_finished: bool = True


def read_ts(path: Path) -> tuple[Message, ...]:
    """Return the messages of a file, in its order, unfinished ones too.

    Raises:
        BugError: it is no such file.
    """
    reader = QXmlStreamReader(path.read_text("utf-8", errors="replace"))
    messages = tuple(_messages(reader))
    if reader.hasError():
        raise BugError(
            f"The translation {path.name} cannot be read.",
            detail=f"line {reader.lineNumber()}: {reader.errorString()}",
        )
    return messages


def _messages(reader: QXmlStreamReader) -> Iterator[Message]:
    context = ""
    while not reader.atEnd():
        reader.readNext()
        if not reader.isStartElement():
            continue
        if reader.name() == "name":
            context = reader.readElementText(_TEXT)
        elif reader.name() == "message":
            yield _message(reader, context)


def _message(reader: QXmlStreamReader, context: str) -> Message:
    is_counted = reader.attributes().value("numerus") == "yes"
    texts = {"source": "", "comment": ""}
    translation: tuple[str, ...] = ()
    is_finished = False
    while reader.readNextStartElement():
        name = reader.name()
        if name == "translation":
            is_finished = reader.attributes().value("type") not in _NOT_FINISHED
            translation = tuple(_forms(reader)) if is_counted else (reader.readElementText(_TEXT),)
        elif name in texts:
            texts[name] = reader.readElementText(_TEXT)
        else:
            reader.skipCurrentElement()
    return Message(
        context=context,
        source=texts["source"],
        comment=texts["comment"],
        translation=translation,
        is_counted=is_counted,
        is_finished=is_finished and all(translation),
    )


def _forms(reader: QXmlStreamReader) -> Iterator[str]:
    while reader.readNextStartElement():
        yield reader.readElementText(_TEXT)
