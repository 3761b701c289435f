"""``powerstream ctl platforms|devices|stats``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from powerstream_desktop.cli.ctl_printing import print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service

if TYPE_CHECKING:
    from powerstream_desktop.client.computer import Devices


@click.command("platforms")
@json_option
def platforms(as_json: bool) -> None:
    """List the platforms that are known."""
    with service() as client:
        found = client.platforms.all()
    if as_json:
        print_json({"ok": True, "platforms": [each.words for each in found]})
        return
    print_table(("id", "platform", "keys"), [(each.id, each.name, each.help_url) for each in found], "None.")


@click.command("devices")
@json_option
def devices(as_json: bool) -> None:
    """List what can be captured, recorded and played on."""
    with service() as client:
        found = client.computer.devices()
    if as_json:
        print_json({"ok": True, "devices": found.words})
        return
    rows = [
        (kind, str(each.get("name") or each.get("title") or ""), _called(each))
        for kind, each in _listed(found)
    ]
    print_table(("kind", "device", "id"), rows, "There are no devices.")
    for problem in found.problems:
        tell(f"▲ {problem.title}")


@click.command("stats")
@json_option
def stats(as_json: bool) -> None:
    """Print the figures of service and engine."""
    with service() as client:
        words = client.computer.stats()
    if as_json:
        print_json(words)
        return
    rows = [(name, value) for name, value in _flat("", words) if name != "ok"]
    print_table(("figure", ""), rows, "There are no figures.")


def _listed(devices: Devices) -> list[tuple[str, Mapping[str, Any]]]:
    kinds = {
        "screen": devices.screens,
        "window": devices.windows,
        "camera": devices.cameras,
        "microphone": devices.microphones,
        "desktop sound": devices.desktop_sounds,
        "output": devices.outputs,
    }
    return [(kind, each) for kind, found in kinds.items() for each in found]


def _called(device: Mapping[str, Any]) -> str:
    """Return what a device is called in a source or channel."""
    return str(device.get("id") or device.get("device") or "")


def _flat(prefix: str, value: Any) -> list[tuple[str, str]]:
    """Return a JSON value as lines of names and texts, such as ``engine.stats.framesLate``."""
    if isinstance(value, dict):
        parts = [(str(name), each) for name, each in value.items()]
    elif isinstance(value, list):
        parts = [(str(number), each) for number, each in enumerate(value)]
    else:
        return [(prefix, value if isinstance(value, str) else json.dumps(value))]
    return [line for name, each in parts for line in _flat(f"{prefix}.{name}" if prefix else name, each)]


COMMANDS: Final[Mapping[str, click.Command]] = {each.name or "": each for each in (platforms, devices, stats)}
