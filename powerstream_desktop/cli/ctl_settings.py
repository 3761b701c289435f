"""``powerstream ctl settings``: what can be chosen for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_printing import print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service
from powerstream_desktop.common.errors import UserError

if TYPE_CHECKING:
    from powerstream_desktop.client.settings import AllSettings, Setting, Value

_YES_OR_NO: Final = {"true": True, "false": False}


@click.group("settings")
def settings() -> None:
    """What can be chosen for good."""


@settings.command("list")
@json_option
def list_settings(as_json: bool) -> None:
    """List all settings, with what they are for."""
    with service() as client:
        found = client.settings.all()
    if as_json:
        print_json(found.words)
        return
    rows = [
        (each.name, _text(each), "" if each.value == each.default else "changed", each.help)
        for each in found.settings
    ]
    print_table(("setting", "value", "", "for"), rows, "There are no settings.")
    _tell_findings(found)


@settings.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("value")
@json_option
def change(name: str, value: str, as_json: bool) -> None:
    """Give the setting NAME another VALUE; true or false where there is a choice of these."""
    with service() as client:
        wanted = _value(_the_setting(client.settings.all(), name), value)
        changed = client.settings.change({name: wanted})
    if as_json:
        print_json(changed.words)
    else:
        tell(f"{name} is {_text(_the_setting(changed, name))}.")


@settings.command("reset")
@click.argument("name")
@json_option
def reset(name: str, as_json: bool) -> None:
    """Give the setting NAME its default back."""
    with service() as client:
        changed = client.settings.change({name: None})
    if as_json:
        print_json(changed.words)
    else:
        tell(f"{name} is {_text(_the_setting(changed, name))}.")


def _the_setting(known: AllSettings, name: str) -> Setting:
    for each in known.settings:
        if each.name == name:
            return each
    raise UserError(f"There is no setting {name!r}.", hint="See settings list.")


def _value(setting: Setting, text: str) -> Value:
    """Return a text as the kind of value that a setting has."""
    if isinstance(setting.default, bool):
        if text not in _YES_OR_NO:
            raise UserError(f"{setting.name} is true or false.", hint="Give one of these.")
        return _YES_OR_NO[text]
    if isinstance(setting.default, int):
        try:
            return int(text)
        except ValueError:
            raise UserError(f"{setting.name} is a whole number.", hint="Give one.") from None
    return text


def _text(setting: Setting) -> str:
    if isinstance(setting.value, bool):
        return str(setting.value).lower()
    return f"{setting.value} {setting.unit}".rstrip()


def _tell_findings(found: AllSettings) -> None:
    for finding in found.findings:
        tell(f"▲ {finding.message} {finding.hint}")


COMMANDS: Final[Mapping[str, click.Command]] = {"settings": settings}
