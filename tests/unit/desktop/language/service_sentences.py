"""Finds the sentences that may reach a person from outside the window, with samples in the places of names and numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.unit.desktop.language.code_texts import ROOT

SPEAKERS: Final = (
    *("service", "relay", "recording", "library", "cloud", "engine", "camera"),
    *("platforms", "client", "common"),
)
"""Packages whose errors, findings and notices the window shows."""

_SENTENCE = re.compile(r"^(?:[A-Z0-9{…“].* .*[.!?]|[A-Z{].* .*[.!?] )$", re.DOTALL)
_NO_SENTENCE = re.compile(
    r"`|\b(SELECT|INSERT|UPDATE|DELETE FROM)\b|= \?$| = \? | < \? |^Num \.$|^OpenCV's|^What the engine refuses is refused"
)
"""What is said of the API in its document, what is said to the database or the log, and keys."""
_ERRORS_OF_FILES = frozenset({"checked_table.py", "platform_entry.py", "catalogue.py", "endpoint.py"})
"""What they say is for those who write the catalogue, or is checked where a person types."""
_OF_THE_DOCUMENT = frozenset({"app.py", "events.py", "studio_document.py"})
"""What these hold describes the API."""
_OUR_MISTAKES = frozenset(
    {
        *("BugError", "LocalProtocolError", "DamagedDocumentError", "MalformedError"),
        *("ValueError", "TypeError", "AssertionError", "RuntimeError", "NotImplementedError"),
    }
)
_LOGS = frozenset({"log", "logger"})
_TOLD_TO_NOBODY = frozenset({"detail", "description", "summary", "examples"})
"""For the log, or for the API's document."""
_KNOWN_SENTENCES = frozenset({"fault.title", "instead"})
"""In the place of these stands another sentence."""


def spoken_sentences(folder: str) -> list[str]:
    """Return every sentence of a package's code that somebody may be told, each once."""
    found: list[str] = []
    for path in sorted((ROOT / "powerstream_desktop" / folder).rglob("*.py")):
        if path.name not in _ERRORS_OF_FILES | _OF_THE_DOCUMENT:
            tree = ast.parse(path.read_text("utf-8"))
            found += [
                text for text in _texts(tree) if _SENTENCE.match(text) and not _NO_SENTENCE.search(text)
            ]
    return list(dict.fromkeys(found))


def _texts(node: ast.AST) -> Iterator[str]:
    for child in _told_parts(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        elif isinstance(child, ast.JoinedStr):
            yield "".join(_sample(part) for part in child.values)
        else:
            yield from _texts(child)


def _told_parts(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and key.value in _TOLD_TO_NOBODY):
                yield value
        return
    for child in ast.iter_child_nodes(node):
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        is_aside = isinstance(child, ast.keyword) and child.arg in _TOLD_TO_NOBODY
        if not is_docstring and not is_aside and not _is_for_the_log(child):
            yield child


def _is_for_the_log(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id in _LOGS
    return isinstance(function, ast.Name) and function.id in _OUR_MISTAKES


def _sample(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    name = ast.unparse(part.value)
    if name in _KNOWN_SENTENCES:
        return "Check the disk."
    if name.endswith((".name", ".platform", "name", ".destination")) or "platform" in name:
        return "My channel"
    return "30"
