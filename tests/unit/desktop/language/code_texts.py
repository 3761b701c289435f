"""Finds the texts of the window in its code: what ``tr``, ``translate`` and ``QT_TRANSLATE_NOOP`` are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
DESKTOP = ROOT / "powerstream_desktop" / "desktop"
WINDOW_AREA = "window"
"""Area of the modules that lie in no folder of their own."""


@dataclass(frozen=True, slots=True)
class CodeText:
    """A text as the code has it."""

    context: str
    source: str
    comment: str = ""
    is_counted: bool = False


class UnreadableText(Exception):  # noqa: N818 - says what was found
    """A text that no program can find in the code: put together, or made while it runs."""


def areas() -> dict[str, tuple[Path, ...]]:
    """Return the modules of each area of the window that has a text."""
    modules: dict[str, list[Path]] = {}
    for path in sorted(DESKTOP.rglob("*.py")):
        parts = path.relative_to(DESKTOP).parts
        modules.setdefault(parts[0] if len(parts) > 1 else WINDOW_AREA, []).append(path)
    return {area: tuple(paths) for area, paths in modules.items() if texts_of(paths)}


def texts_of(paths: list[Path] | tuple[Path, ...]) -> tuple[CodeText, ...]:
    """Return the texts of modules, each once, in their order."""
    found = [text for path in paths for text in texts_in(path.read_text("utf-8"), path.name)]
    return tuple(dict.fromkeys(found))


def texts_in(code: str, name: str = "code") -> Iterator[CodeText]:
    """Yield the texts of one module.

    Raises:
        UnreadableText: a text is no literal.
    """
    tree = ast.parse(code)
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    yield from _Reader(name, constants).texts(tree, "")


class _Reader:
    def __init__(self, name: str, constants: Mapping[str, object]) -> None:
        self._name = name
        self._constants = constants

    def texts(self, node: ast.AST, class_name: str) -> Iterator[CodeText]:
        inside = node.name if isinstance(node, ast.ClassDef) else class_name
        if isinstance(node, ast.Call):
            yield from self._text(node, inside)
        for child in ast.iter_child_nodes(node):
            yield from self.texts(child, inside)

    def _text(self, call: ast.Call, class_name: str) -> Iterator[CodeText]:
        function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if function == "tr" and isinstance(call.func, ast.Attribute):
            yield self._of(call, class_name, call.args[0], call.args[1:])
        elif function == "translate" and len(call.args) >= 2:
            context = self._literal(call.args[0])
            # What is looked up by a variable was marked where it stands (``QT_TRANSLATE_NOOP``).
            if context is not None and isinstance(call.args[1], ast.Constant | ast.JoinedStr | ast.BinOp):
                yield self._of(call, context, call.args[1], call.args[2:])
        elif function == "QT_TRANSLATE_NOOP":
            yield self._of(call, self._literal(call.args[0]) or "", call.args[1], [])

    def _of(self, call: ast.Call, context: str, text: ast.expr, rest: list[ast.expr]) -> CodeText:
        source = self._literal(text)
        if source is None or not context:
            raise UnreadableText(
                f"{self._name}:{call.lineno}: {ast.unparse(call)} is no literal text in a class."
            )
        keywords = {each.arg: each.value for each in call.keywords}
        comment = rest[0] if rest else keywords.get("disambiguation")
        return CodeText(
            context=context,
            source=source,
            comment=(self._literal(comment) or "") if comment is not None else "",
            is_counted=len(rest) > 1 or "n" in keywords,
        )

    def _literal(self, node: ast.expr) -> str | None:
        value: object = None
        if isinstance(node, ast.Constant):
            value = node.value
        elif isinstance(node, ast.Name):
            value = self._constants.get(node.id)
        return value if isinstance(value, str) else None
