"""The pages that people read: their text, links, headings, paths and command lines."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
PRODUCT: Final = ROOT / "powerstream_desktop"
ROOT_PAGES: Final = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")

_FENCE: Final = re.compile(r"^( *)(`{3,})([^`\n]*)\n(.*?)^\1\2 *$", re.MULTILINE | re.DOTALL)
_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`)([^`]{1,400}?)\1(?!`)")
_LINK: Final = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^()\s>]+)>?(?: \"[^\"]*\")?\)")
_HEADING: Final = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_NAMED_ANCHOR: Final = re.compile(r"<a (?:id|name)=\"([^\"]+)\"")
_PATH: Final = re.compile(r"[\w.][\w.*-]*(?:/[\w.*-]+)*/?")
_PROGRAMS: Final = ("powerstream", "installer/bootstrap.py")
_ENDS_COMMAND: Final = frozenset({"|", "||", "&&", "&", ";", ")", "(", ">", ">>", "<"})


@dataclass(frozen=True)
class Page:
    """A page of Markdown.

    Attributes:
        path: of the file.
        text: all of it.
    """

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Its path from the root."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def prose(self) -> str:
        """The text without its blocks of code."""
        return _FENCE.sub("", self.text)

    @property
    def shell(self) -> tuple[str, ...]:
        """What stands in its blocks of code that are of no other language."""
        return self.blocks("")

    def blocks(self, language: str) -> tuple[str, ...]:
        """Return what stands in its blocks of code of a language, as it is named behind the fence."""
        return tuple(match[4] for match in _FENCE.finditer(self.text) if match[3].strip() == language)

    @cached_property
    def spans(self) -> tuple[str, ...]:
        """What stands in the lines as code."""
        return tuple(" ".join(match[2].split()) for match in _SPAN.finditer(self.prose))

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Where its links and pictures point to."""
        return tuple(match[1] for match in _LINK.finditer(_SPAN.sub("", self.prose)))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a link may name behind ``#``, made of the headings as the usual renderers make them."""
        times: Counter[str] = Counter()
        found: set[str] = set(_NAMED_ANCHOR.findall(self.prose))
        for heading in _HEADING.findall(self.prose):
            words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
            anchor = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
            found.add(f"{anchor}-{times[anchor]}" if times[anchor] else anchor)
            times[anchor] += 1
        return frozenset(found)


@cache
def pages() -> tuple[Page, ...]:
    """Return every page of the project."""
    paths = [
        *(ROOT / name for name in ROOT_PAGES),
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted((ROOT / "installer").rglob("*.md")),
    ]
    return tuple(Page(path, path.read_text("utf-8")) for path in paths)


def page(name: str) -> Page:
    """Return the page of this path from the root."""
    [found] = [each for each in pages() if each.name == name]
    return found


def paths_of(text: str) -> Iterator[str]:
    """Give the words of a piece of code that can only be paths of this tree: with a known beginning, or a module's name.

    Args:
        text: what stands in a line as code.
    """
    word = text.partition("::")[0]
    if not _PATH.fullmatch(word):
        return
    first, slash, _ = word.partition("/")
    if (slash and first in _known_beginnings()) or (word.endswith(".py") and "*" not in word):
        yield word


def exists(word: str, page: Page) -> bool:
    """Tell whether a path is there: from the root, in the product, in the window's package, or beside the page; a bare module's name, anywhere."""
    places = (ROOT, PRODUCT, PRODUCT / "desktop", page.path.parent)
    candidates = (word, f"{word.rstrip('/')}.py")
    if any(any(place.glob(each)) for place in places for each in candidates):
        return True
    return "/" not in word and word in _module_names()


MADE_HERE = frozenset({"build"})
"""Folders that commands make: there for who has typed them, and for nobody else."""


@cache
def _known_beginnings() -> frozenset[str]:
    folders = (ROOT, PRODUCT, PRODUCT / "desktop")
    return frozenset(
        path.name
        for folder in folders
        for path in folder.iterdir()
        if path.is_dir() and not path.name.startswith((".", "__")) and path.name not in MADE_HERE
    )


@cache
def _module_names() -> frozenset[str]:
    folders = (PRODUCT, ROOT / "installer", ROOT / "tests")
    return frozenset(path.name for folder in folders for path in folder.rglob("*.py")) | {"setup.py"}


def commands_of(text: str) -> Iterator[tuple[str, ...]]:
    """Give the command lines of ours in a piece of shell: the program's name, and its arguments.

    Args:
        text: lines of shell; of what is no shell, nothing is given.
    """
    for line in text.replace("\\\n", " ").splitlines():
        try:
            words = _words(line)
        except ValueError:
            continue  # a quotation mark of prose
        yield from _commands_among(words)


def _words(line: str) -> list[str]:
    reader = shlex.shlex(line, posix=True, punctuation_chars=True)
    reader.whitespace_split = True
    return list(reader)


def _commands_among(words: list[str]) -> Iterator[tuple[str, ...]]:
    is_first, position = True, 0
    while position < len(words):
        word = words[position]
        if word.startswith("$("):
            yield from commands_of(word[2:-1])
        program = next((each for each in _PROGRAMS if word == each or word.endswith(f"/{each}")), "")
        if program and (is_first or words[position - 1] in {"python3", "sudo", "exec"}):
            end = next((at for at in range(position, len(words)) if words[at] in _ENDS_COMMAND), len(words))
            yield (program, *words[position + 1 : end])
            position = end
        else:
            is_first = word in _ENDS_COMMAND
            position += 1
