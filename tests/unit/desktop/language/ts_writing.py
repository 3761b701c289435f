"""Writes translations as Qt Linguist's files, in an order that makes small differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from powerstream_desktop.desktop.language.ts_file import Message


def ts_text(messages: Iterable[Message], language: str) -> str:
    """Return the file's text; messages of one context stand together, in their order."""
    in_order = sorted(messages, key=lambda message: message.context)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{language}">',
    ]
    for context, group in groupby(in_order, key=lambda message: message.context):
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for message in group:
            lines += _message_lines(message)
        lines.append("</context>")
    return "\n".join([*lines, "</TS>", ""])


def _message_lines(message: Message) -> Iterator[str]:
    yield '    <message numerus="yes">' if message.is_counted else "    <message>"
    yield f"        <source>{escape(message.source)}</source>"
    if message.comment:
        yield f"        <comment>{escape(message.comment)}</comment>"
    mark = "" if message.is_finished else ' type="unfinished"'
    if message.is_counted:
        yield f"        <translation{mark}>"
        for form in message.translation or ("", ""):
            yield f"            <numerusform>{escape(form)}</numerusform>"
        yield "        </translation>"
    else:
        yield f"        <translation{mark}>{escape(''.join(message.translation))}</translation>"
    yield "    </message>"
