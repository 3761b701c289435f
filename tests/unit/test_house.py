"""The house rules that no linter knows: layout, sizes, lock files, words that must not be in the tree."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "powerstream_desktop"
RUNTIME_LOCK = ROOT / "installer" / "requirements.lock"
DEV_LOCK = ROOT / "installer" / "requirements-dev.lock"
PACKAGE_LOCK = ROOT / "installer" / "requirements-package.lock"

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

PACKAGES = {
    *("camera", "cli", "client", "cloud", "common", "desktop", "engine", "library", "platforms"),
    *("recording", "relay", "rtmp", "service"),
}
GRAB_BAGS = re.compile(r"(^|_)(utils?|helpers?|misc|stuff|managers?)($|_)")


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- layout and size ------------------------------------------------------------------------------------------------


def test_the_packages_are_those_of_the_design() -> None:
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == PACKAGES


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [named(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_module_is_a_grab_bag() -> None:
    modules = python_files("powerstream_desktop", "installer")
    names = {path.stem for path in modules} | {path.parent.name for path in modules}
    assert [name for name in sorted(names) if GRAB_BAGS.search(name)] == []


def test_no_source_file_is_too_long() -> None:
    lengths = {
        named(path): path.read_text("utf-8").count("\n")
        for path in python_files("powerstream_desktop", "installer")
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{named(path)}: {function.name} has {lines} lines"
        for path in python_files("powerstream_desktop", "installer", "tests")
        for function, lines in functions(path)
        if lines > MAX_FUNCTION_LINES
    ]
    assert too_long == []


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node, node.end_lineno - node.lineno + 1


def test_what_outlives_a_widget_is_connected_to_its_methods_and_to_no_lambda() -> None:
    # Qt ends the connection to a method with its widget; a lambda would be called on, and meet a widget that is gone.
    lasting = re.compile(r"(look\(\)|feed)\.\w+\.connect\(\s*(lambda|partial)")
    found = [
        named(path) for path in python_files("powerstream_desktop") if lasting.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_test_file_is_collected() -> None:
    """A file that holds tests under another name would never run."""
    strays = [
        named(path)
        for path in python_files("tests")
        if not path.name.startswith("test_")
        and any(function.name.startswith("test_") for function, _ in functions(path))
    ]
    assert strays == []


# --- words ----------------------------------------------------------------------------------------------------------

# The brackets keep this file from containing what it forbids.
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X)\b|\bfor [n]ow\b")


def texts() -> Iterator[Path]:
    folders = ("powerstream_desktop", "installer", "tests", "docs", ".ci", "resources")
    endings = {".py", ".md", ".toml", ".lock", ".json", ""}
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in endings)
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in endings and not {"corpus", "__pycache__"} & set(path.parts):
                yield path


def test_nothing_in_the_tree_is_announced_as_unfinished() -> None:
    found = [
        f"{named(path)}: {match[0]}"
        for path in texts()
        if (match := UNFINISHED.search(path.read_text("utf-8", errors="replace")))
    ]
    assert found == []


# --- lock files -----------------------------------------------------------------------------------------------------

PIN = re.compile(
    r"^([A-Za-z0-9_.\-]+)==([^ ;\\]+)(?: ; (.+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)


def pins(lock: Path) -> dict[tuple[str, str], str]:
    """Return the version of each pinned (name, marker)."""
    return {
        (canonicalize_name(name), marker or ""): version
        for name, version, marker, _ in PIN.findall(lock.read_text("utf-8"))
    }


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK, PACKAGE_LOCK], ids=["runtime", "dev", "package"])
def test_a_lock_file_holds_nothing_but_pins_with_hashes(lock: Path) -> None:
    rest = PIN.sub("", lock.read_text("utf-8"))
    assert [line for line in rest.splitlines() if line and not line.lstrip().startswith("#")] == []
    assert pins(lock)


def test_the_development_lock_contains_the_runtime_lock() -> None:
    """``run`` after ``test`` installs nothing; that is right only if this holds."""
    assert pins(RUNTIME_LOCK).items() <= pins(DEV_LOCK).items()


def test_what_is_packaged_is_what_was_tested() -> None:
    assert pins(RUNTIME_LOCK).items() <= pins(PACKAGE_LOCK).items()


def project() -> dict[str, object]:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert isinstance(content, dict)
    return content


def requirements(*extras: str) -> list[Requirement]:
    content = project()
    optional = content["optional-dependencies"]
    dependencies = content["dependencies"]
    assert isinstance(optional, dict)
    assert isinstance(dependencies, list)
    return [
        Requirement(text) for text in [*dependencies, *(text for extra in extras for text in optional[extra])]
    ]


@pytest.mark.parametrize(
    ("lock", "extras"),
    [(RUNTIME_LOCK, ()), (DEV_LOCK, ("dev",)), (PACKAGE_LOCK, ("package",))],
    ids=["runtime", "dev", "package"],
)
def test_a_lock_file_pins_what_the_project_asks_for(lock: Path, extras: tuple[str, ...]) -> None:
    versions: dict[str, list[str]] = {}
    for (name, _marker), version in pins(lock).items():
        versions.setdefault(name, []).append(version)
    unmet = [
        str(requirement)
        for requirement in requirements(*extras)
        if not any(
            requirement.specifier.contains(version)
            for version in versions.get(canonicalize_name(requirement.name), [])
        )
    ]
    assert unmet == []


# --- entry points of people and machines ----------------------------------------------------------------------------


def test_ci_runs_exactly_the_command_that_people_type() -> None:
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert commands[-1] == "exec python3 installer/bootstrap.py test"
    assert script.stat().st_mode & 0o111


def test_the_licence_is_the_one_the_project_names() -> None:
    assert project()["license"] == "GPL-3.0-or-later"
    assert "GNU GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text("utf-8").splitlines()[0]
