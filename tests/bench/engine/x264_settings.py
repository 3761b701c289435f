"""What x264 was really set to: it writes its settings into the first picture of every stream (SEI, user data)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_WRITTEN: Final = re.compile(rb"x264 - core (\d+).*? - options: ([\x20-\x7e]+)")
_HEAD_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class X264Settings:
    """Settings by x264's own names, and the number of x264's interface, which stands for its version."""

    core: int
    options: Mapping[str, str]

    def differences(self, other: X264Settings) -> list[str]:
        """Return what differs, as ``name: mine, theirs``; nothing when both encode alike."""
        names = sorted(self.options.keys() | other.options.keys())
        pairs = [(name, self.options.get(name, "-"), other.options.get(name, "-")) for name in names]
        return [f"{name}: {mine}, {theirs}" for name, mine, theirs in pairs if mine != theirs]

    def threading(self) -> str:
        """Return what a computer's number of cores and a library's habits decide, as ``x264-params``."""
        names = {
            "threads": "threads",
            "lookahead_threads": "lookahead-threads",
            "sliced_threads": "sliced-threads",
        }
        return ":".join(
            f"{parameter}={self.options[name]}" for name, parameter in names.items() if name in self.options
        )


def settings_in(recording: Path) -> X264Settings:
    """Read the settings from the head of a recording.

    Raises:
        ValueError: there are none: another encoder was at work.
    """
    with recording.open("rb") as file:
        found = _WRITTEN.search(file.read(_HEAD_BYTES))
    if found is None:
        raise ValueError(f"{recording.name} was not encoded by x264")
    pairs = (word.partition("=") for word in found[2].decode().split())
    return X264Settings(core=int(found[1]), options={name: value for name, _, value in pairs})
