"""What docs/architecture.md draws is what the code does."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from powerstream_desktop.cli.main import COMMANDS, HIDDEN
from tests.unit.docs.pages import PRODUCT, ROOT, exists, page

ARCHITECTURE = page("docs/architecture.md")
LAYERS = re.compile(r"^desktop \|.*→.*$", re.MULTILINE)
STARTS = re.compile(r"^ *(\w+) --> (\w+)$", re.MULTILINE)
ROLE = re.compile(r'^ *(\w+)\["powerstream ?(\w*)', re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", re.MULTILINE)
OWN_COMMAND = re.compile(r'own_command\("(\w+)"')
PROCESSES = {
    "desktop": "window", "client": "window", "cli": "serve", "service": "service", "library": "service", "cloud": "service",
    "engine": "engine",
}  # fmt: skip
"""In which process each package's code starts another one."""


@cache
def contracts() -> tuple[dict[str, Any], ...]:
    return tuple(
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    )


def processes() -> str:
    return ARCHITECTURE.blocks("mermaid")[0]


def test_who_starts_whom_is_drawn_as_it_is_in_the_code() -> None:
    started = {
        (PROCESSES[path.relative_to(PRODUCT).parts[0]], role)
        for path in PRODUCT.rglob("*.py")
        if path.name != "own_program.py"
        for role in OWN_COMMAND.findall(path.read_text("utf-8"))
    }
    assert set(STARTS.findall(processes())) == started


def test_every_process_of_the_program_is_drawn_under_the_name_of_its_command() -> None:
    drawn = dict(ROLE.findall(processes()))
    assert drawn.pop("window") == ""
    assert all(node == command for node, command in drawn.items())
    assert set(HIDDEN) <= set(drawn) <= {*HIDDEN, *COMMANDS}


def test_every_role_is_described_with_what_runs_in_it() -> None:
    [described] = [block for block in ARCHITECTURE.blocks("text") if "the window: Qt only" in block]
    assert [role for role in HIDDEN if f"powerstream {role}" not in described] == []


def test_every_kind_of_thread_is_described() -> None:
    [described] = [block for block in ARCHITECTURE.blocks("text") if "the window: Qt only" in block]
    kinds = {kind for path in PRODUCT.rglob("*.py") for kind in threads_of(path.read_text("utf-8"))}
    assert len(kinds) > 30
    words = described.replace("-", " ")
    assert [kind for kind in sorted(kinds) if not re.search(rf"\b{re.escape(kind)}\b", words)] == []


def threads_of(code: str) -> Iterator[str]:
    """Give the names of the threads that a module starts, without what tells one from another."""
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "threading.Thread":
            for given in call.keywords:
                if given.arg == "name":
                    beginning = ast.unparse(given.value).lstrip("f").strip("'\"").partition("{")[0]
                    yield beginning.strip(" -").replace("-", " ")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("threading.Thread(target=run, name='log-writer')", ["log writer"]),
        ("threading.Thread(target=run, name=f'end of service {process.pid}')", ["end of service"]),
    ],
)
def test_a_thread_is_known_by_the_beginning_of_its_name(code: str, names: list[str]) -> None:
    assert list(threads_of(code)) == names


def test_the_layers_are_those_of_the_contract_wherever_they_are_drawn() -> None:
    [layers] = [contract["layers"] for contract in contracts() if contract["type"] == "layers"]
    for name in ("docs/architecture.md", "CONTRIBUTING.md"):
        [drawn] = LAYERS.findall(page(name).text)
        assert [part.strip() for part in drawn.split("→")] == layers, name


def test_the_diagram_of_packages_draws_the_same_layers() -> None:
    drawing = ARCHITECTURE.blocks("mermaid")[1]
    groups = [
        set(names.split()) for names in re.findall(r'subgraph \w+\[" "\]\n(.*?)end', drawing, re.DOTALL)
    ]
    [below] = re.findall(r"^ *shown --> asked --> parts --> (.+)$", drawing, re.MULTILINE)
    [layers] = [contract["layers"] for contract in contracts() if contract["type"] == "layers"]
    assert [*groups, *({name} for name in below.split(" --> "))] == [
        set(layer.split(" | ")) for layer in layers
    ]


def test_the_table_of_packages_has_a_row_for_each() -> None:
    rows = [name for name, _ in ROW.findall(ARCHITECTURE.text)]
    assert sorted(rows) == sorted(path.parent.name for path in PRODUCT.glob("*/__init__.py"))


def test_a_library_stands_with_the_packages_that_the_contracts_leave_it_to() -> None:
    told: dict[str, set[str]] = {}
    for name, libraries in ROW.findall(ARCHITECTURE.text):
        for library in re.findall(r"`(\w+)`", libraries):
            told.setdefault(library, set()).add(name)
    held: dict[str, set[str]] = {}
    for contract in contracts():
        if found := re.fullmatch(r"(\w+) only in (\w+(?:(?:, | and )\w+)*)(?:, and .*)?", contract["name"]):
            held[found[1]] = set(re.split(r", | and ", found[2]))
    assert told == held


def test_the_way_of_the_data_goes_through_modules_that_exist() -> None:
    [way] = [block for block in ARCHITECTURE.blocks("text") if "engine/stage " in block]
    words = set(re.findall(r"\b[a-z]\w*(?:/\w+)+\b", way)) | set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", way))
    assert len(words) > 25
    modules = {path.stem for path in PRODUCT.rglob("*.py")}
    assert [word for word in sorted(words) if word not in modules and not exists(word, ARCHITECTURE)] == []


def test_the_names_that_it_explains_are_those_of_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in PRODUCT.rglob("*.py"))
    names = {span for span in ARCHITECTURE.spans if re.fullmatch(r"[A-Z][a-z]+(?:[A-Z][A-Za-z]*)?", span)}
    assert len(names) > 20
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", code)] == []
