"""Finds the sentences that the service may say in its code, with samples in the places of names and numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.unit.desktop.language.code_texts import ROOT

_SENTENCE = re.compile(r"^(?:[A-Z{…].* .*[.!?]|[A-Z{].* .*[.!?] )$", re.DOTALL)
_ERRORS_OF_FILES = frozenset({"checked_table.py", "platform_entry.py", "catalogue.py", "endpoint.py"})
"""What they say is for those who write the catalogue, or is checked where a person types."""


def spoken_sentences(folder: str) -> list[str]:
    """Return every sentence of a package's code that is no docstring, each once."""
    found: list[str] = []
    for path in sorted((ROOT / "powerstream_desktop" / folder).rglob("*.py")):
        if path.name not in _ERRORS_OF_FILES:
            tree = ast.parse(path.read_text("utf-8"))
            found += [text for text in _texts(tree) if _SENTENCE.match(text)]
    return list(dict.fromkeys(found))


def _texts(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise) or (
            isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        ):
            continue  # a mistake of ours, or a docstring
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        elif isinstance(child, ast.JoinedStr):
            yield "".join(_sample(part) for part in child.values)
        else:
            yield from _texts(child)


def _sample(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    name = ast.unparse(part.value)
    if name.endswith((".name", ".platform", "name", ".destination")) or "platform" in name:
        return "My channel"
    return "30"
