"""What a page points to is there."""

from __future__ import annotations

import re

import pytest

from tests.unit.docs.pages import ROOT, Page, exists, page, pages, paths_of

IS_ADDRESS = re.compile(r"[a-z]+:")
HISTORY = ("CHANGELOG.md", "docs/adr/")
"""What these name was there when they were written; their links hold, the code they speak of may have moved on."""


def broken_links(at: Page) -> list[str]:
    return [link for link in at.links if not IS_ADDRESS.match(link) and not leads_somewhere(at, link)]


def leads_somewhere(at: Page, link: str) -> bool:
    target, _, anchor = link.partition("#")
    if not target:
        return anchor in at.anchors
    path = (at.path.parent / target).resolve()
    if not path.exists() or not path.is_relative_to(ROOT):
        return False
    return not anchor or (path.suffix == ".md" and anchor in Page(path, path.read_text("utf-8")).anchors)


@pytest.mark.parametrize("at", pages(), ids=lambda at: at.name)
def test_every_link_leads_somewhere(at: Page) -> None:
    assert broken_links(at) == []


@pytest.mark.parametrize(
    "at", [each for each in pages() if not each.name.startswith(HISTORY)], ids=lambda at: at.name
)
def test_every_path_that_a_page_names_exists(at: Page) -> None:
    named = [word for span in at.spans for word in paths_of(span)]
    assert [word for word in named if not exists(word, at)] == []


def test_every_page_of_the_documents_can_be_reached_from_the_first() -> None:
    reached: set[str] = set()
    ahead = ["README.md"]
    while ahead:
        at = page(ahead.pop())
        reached.add(at.name)
        targets = (at.path.parent / link.partition("#")[0] for link in at.links if not IS_ADDRESS.match(link))
        folders = (target.resolve() for target in targets)
        names = [
            found.relative_to(ROOT).as_posix()
            for target in folders
            for found in (target.glob("*.md") if target.is_dir() else [target])
            if found.suffix == ".md"
        ]
        known = {each.name for each in pages()}
        ahead += [name for name in names if name in known - reached]
    assert {each.name for each in pages()} - reached == set()


@pytest.mark.parametrize(
    ("markdown", "broken"),
    [
        ("[there](README.md)", []),
        ("[gone](README.txt)", ["README.txt"]),
        ("![gone](docs/images/none.png)", ["docs/images/none.png"]),
        ("[heading](README.md#try-it)", []),
        ("[no heading](README.md#no-such-heading)", ["README.md#no-such-heading"]),
        ("# A `code` heading\n[own](#a-code-heading)", []),
        ("[outside](../../../etc/hostname)", ["../../../etc/hostname"]),
        ("[elsewhere](https://powerstream.example/)", []),
        ("`[code](no/link)`", []),
        ("```\n[code](no/link)\n```", []),
    ],
)
def test_a_broken_link_is_found_and_a_whole_one_is_not(markdown: str, broken: list[str]) -> None:
    assert broken_links(Page(ROOT / "page.md", markdown)) == broken


@pytest.mark.parametrize(
    ("span", "missing"),
    [
        ("relay/stream/burst.py", []),
        ("relay/stream/no_burst.py", ["relay/stream/no_burst.py"]),
        ("tests/unit", []),
        ("tests/unit/docs/test_links.py::test_x", []),
        ("docs/nowhere.md", ["docs/nowhere.md"]),
        ("composition.py", []),
        ("decomposition.py", ["decomposition.py"]),
        ("service.json", []),
        ("/api/live/start", []),
        ("bandwidth/latency", []),
        ("not a path.py", []),
    ],
)
def test_a_path_that_is_not_there_is_found(span: str, missing: list[str]) -> None:
    at = page("README.md")
    assert [word for word in paths_of(span) if not exists(word, at)] == missing
