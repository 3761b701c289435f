"""Every command that a page shows is one that the program understands, with these options."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from installer.verbs import VERBS
from powerstream_desktop.cli.main import powerstream
from powerstream_desktop.common.errors import PowerStreamError
from tests.unit.docs.pages import ROOT, commands_of, pages
from tests.unit.docs.sample_files import write_sample_files

VERB_PROGRAMS = {
    "run": "powerstream_desktop/cli",
    "bench": "tests/bench",
    "faults": "tests/faults",
    "fuzz": "tests/fuzz",
    "reliability": "tests/reliability",
    "screenshots": "tests/e2e/screenshots",
    "package": "installer",
}
"""Where the options of a verb are read; those of ``test`` are pytest's."""


def shown_commands() -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Give each command with its page, and whether it is to be typed like that; one in a line of text may only be named."""
    for each in pages():
        spans = [span for span in each.spans if "…" not in span]
        for text, is_typed in [*((block, True) for block in each.shell), *((span, False) for span in spans)]:
            for command in commands_of(text):
                yield each.name, command, is_typed


def unknown(command: tuple[str, ...], *, is_typed: bool = True) -> str:
    """Return what is wrong with a command; nothing if it can be given like this."""
    program, *arguments = command
    if program == "installer/bootstrap.py":
        return _unknown_verb(arguments)
    try:
        _parse(arguments)
    except (click.exceptions.Exit, click.exceptions.NoArgsIsHelpError):
        return ""  # --help and --version; a group of commands that is called by its name
    except click.MissingParameter as error:
        return f"powerstream {' '.join(arguments)}: {error}" if is_typed else ""
    except (click.ClickException, PowerStreamError) as error:
        return f"powerstream {' '.join(arguments)}: {error}"
    return ""


def _parse(arguments: list[str]) -> None:
    command: click.Command = powerstream
    context, rest = click.Context(command), arguments
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        found = command.get_command(context, rest[0])
        if found is None:
            raise click.UsageError(f"there is no command {rest[0]}")
        command, context, rest = found, click.Context(found, parent=context), rest[1:]
    command.make_context(command.name, list(rest), parent=context.parent)


def _unknown_verb(arguments: list[str]) -> str:
    verb, *rest = arguments or [""]
    if verb == "--help":
        return ""
    if verb not in VERBS:
        return f"bootstrap.py {' '.join(arguments)}: there is no such verb"
    options = [each for each in rest if each.startswith("--")] if verb in VERB_PROGRAMS else []
    sources = (ROOT / VERB_PROGRAMS.get(verb, "installer")).rglob("*.py")
    text = "".join(path.read_text("utf-8") for path in [ROOT / "installer" / "verbs.py", *sources])
    missing = [option for option in options if f'"{option.partition("=")[0]}"' not in text]
    return f"bootstrap.py {' '.join(arguments)}: nothing reads {missing}" if missing else ""


@pytest.fixture(autouse=True)
def folder_with_the_files_that_pages_speak_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sample_files(tmp_path)
    monkeypatch.chdir(tmp_path)


def test_every_command_of_the_pages_is_understood() -> None:
    shown = list(shown_commands())
    assert len(shown) > 60
    wrong = [
        f"{name}: {found}"
        for name, command, is_typed in shown
        if (found := unknown(command, is_typed=is_typed))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("shell", "understood"),
    [
        ("powerstream rehearse --duration 5   # some words", True),
        ("powerstream rehearse --length 5", False),
        ("powerstream ctl mark 'A goal'", True),
        ("powerstream ctl remark", False),
        ("powerstream ctl endpoints add", False),
        ("powerstream live --source test", False),
        ("powerstream vod list --limit 1000", False),
        ("python3 installer/bootstrap.py lint", True),
        ("python3 installer/bootstrap.py lind", False),
        ("python3 installer/bootstrap.py faults --rows F01", True),
        ("python3 installer/bootstrap.py faults --columns 3", False),
    ],
)
def test_a_command_that_is_none_is_found(shell: str, understood: bool) -> None:
    [command] = commands_of(shell)
    assert (unknown(command) == "") is understood


@pytest.mark.parametrize(
    ("shell", "commands"),
    [
        ("powerstream", [("powerstream",)]),
        (".venv/bin/powerstream doctor --json > report.json", [("powerstream", "doctor", "--json")]),
        ("secret-tool lookup service twitch | powerstream vod list", [("powerstream", "vod", "list")]),
        ('eval "$(powerstream ctl completion bash)"', [("powerstream", "ctl", "completion", "bash")]),
        ("powerstream relay \\\n  --destinations mine.json", [("powerstream", "relay", "--destinations", "mine.json")]),
        ("sudo apt install powerstream", []),
        ("# powerstream is explained here", []),
        ("powerstream serve && powerstream doctor", [("powerstream", "serve"), ("powerstream", "doctor")]),
    ],
)  # fmt: skip
def test_commands_are_found_in_shell(shell: str, commands: list[tuple[str, ...]]) -> None:
    assert list(commands_of(shell)) == commands
