"""docs/settings.md, made of the options that the service declares and of the names that the window gives them.

python -m tests.unit.docs.settings_document --write
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from typing import Final

from powerstream_desktop.client.settings import Setting
from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.settings.sections import section_of, title_of
from powerstream_desktop.desktop.settings.setting_names import setting_name
from powerstream_desktop.service.settings.kinds import Described
from powerstream_desktop.service.settings.option import Effect, Option
from powerstream_desktop.service.settings.settings import OPTIONS
from powerstream_desktop.service.settings.window_options import usual_keys
from tests.unit.docs.pages import ROOT

DOCUMENT: Final = ROOT / "docs" / "settings.md"
BEGIN: Final = "<!-- made by tests/unit/docs/settings_document.py from here on -->"
_EFFECTS: Final = {
    Effect.AT_ONCE: "at once",
    Effect.NEXT_BROADCAST: "next broadcast",
    Effect.NEXT_START: "next start",
}
_SYSTEM: Final = "linux"
"""Whose keys the page shows; it says itself what is different on Windows."""


def tables() -> str:
    """Return the made part of the page."""
    lines: list[str] = []
    for title, options in itertools.groupby(OPTIONS.values(), _part):
        lines += [f"## {title}", "", "| setting | in the window | default | values | holds from |"]
        lines += ["| --- | --- | --- | --- | --- |", *map(_row, options), ""]
    return "\n".join(lines).rstrip() + "\n"


def _part(option: Option) -> str:
    shown = Setting(words={}, name=option.name, help=option.declared.help, type="", effect="")
    return title_of(section_of(shown))


def _row(option: Option) -> str:
    guarded = " 🔒" if option.declared.is_guarded else ""
    cells = (
        f"`{option.name}`{guarded}",
        f"**{setting_name(option.name)}.** {option.declared.help}",
        _default(option),
        "; ".join(_values(option.declared.kind.described())),
        _EFFECTS[option.declared.effect],
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(option: Option) -> str:
    if isinstance(option.default, KeyCombination):
        return f"`{usual_keys(_SYSTEM)[option.default.key]}`"
    value = option.default_json()
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value != "" else "none"


def _values(described: Described) -> Iterator[str]:
    if described.type == "flag":
        yield "`true`, `false`"
    elif described.type == "number":
        yield f"{described.lowest} to {described.highest} {described.unit}".rstrip()
    elif described.type == "choice":
        yield ", ".join(f"`{choice}`" for choice in described.choices)
    elif described.type == "folder":
        yield "full path of a folder"
    else:
        yield f"such as `{described.example}`"


def main() -> None:
    """Print the made part, or write the page."""
    if sys.argv[1:] != ["--write"]:
        sys.stdout.write(tables())
        return
    intro = DOCUMENT.read_text("utf-8").partition(BEGIN)[0]
    DOCUMENT.write_text(f"{intro}{BEGIN}\n\n{tables()}", "utf-8")


if __name__ == "__main__":
    main()
