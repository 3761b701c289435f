"""docs/platforms.md, made of the catalogue of platforms.

python -m tests.unit.docs.platforms_document --write
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.platforms.codecs import codec_names
from powerstream_desktop.platforms.platform import Platform
from tests.unit.docs.pages import ROOT

DOCUMENT: Final = ROOT / "docs" / "platforms.md"
BEGIN: Final = "<!-- made by tests/unit/docs/platforms_document.py from here on -->"
UNKNOWN: Final = "not known"


def notes() -> str:
    """Return the made part of the page: a table of all, and a paragraph on each."""
    platforms = (each for each in builtin_catalogue().platforms if not each.generic)
    known = sorted(platforms, key=lambda each: each.name)
    lines = ["## What they take at most", ""]
    lines += [
        "| platform | video, kbit/s | sound, kbit/s | picture | frames/s | key frame every | ends after |"
    ]
    lines += ["| --- | --- | --- | --- | --- | --- | --- |", *map(_row, known), ""]
    for each in known:
        lines += [f"## {each.name}", "", *_facts(each), ""]
    return "\n".join(lines).rstrip() + "\n"


def builtin_catalogue() -> Catalogue:
    """Return the catalogue without anybody's own changes."""
    nowhere = Path("/nonexistent")
    return load_catalogue(
        Paths(config=nowhere, data=nowhere, recordings=nowhere, runtime=nowhere, logs=nowhere)
    )


def _row(platform: Platform) -> str:
    limits = platform.limits
    video = f"{limits.video_kbps}" if limits.video_kbps else ""
    steps = [f"{step.height}p{step.fps}: {step.kbps}" for step in limits.video_steps]
    cells = (
        f"[{platform.name}](#{platform.name.lower()})",
        _sure(platform, "limits.video_kbps", ", ".join(filter(None, [video, *steps]))),
        _sure(platform, "limits.audio_kbps", limits.audio_kbps),
        _sure(platform, "limits.max_width", limits.max_width and f"{limits.max_width}x{limits.max_height}"),
        _sure(platform, "limits.max_fps", limits.max_fps),
        _sure(platform, "limits.key_interval_s", limits.key_interval_s and f"{limits.key_interval_s} s"),
        _sure(platform, "limits.session_hours", limits.session_hours and f"{limits.session_hours} h"),
    )
    return f"| {' | '.join(cells)} |"


def _sure(platform: Platform, field: str, value: object) -> str:
    """Return a value, with a mark where it has no source at first hand."""
    return f"{value}{'' if platform.confirms(field) else ' ?'}" if value else "–"


def _facts(platform: Platform) -> list[str]:
    servers = ", ".join(f"`{each.url}` ({each.name})" for each in platform.servers)
    per_event = "another one for every broadcast" if platform.server_per_event else "copy it from its page"
    facts = [
        f"- Key: {platform.key.where}",
        f"- Server: {servers or per_event}.",
        f"- Codecs: {codec_names(platform.codecs) if platform.codecs else UNKNOWN}.",
    ]
    if platform.key.one_event:
        facts.append("- A key is for one broadcast: paste today's before each.")
    if platform.requires_tls:
        facts.append("- Takes encrypted connections only (`rtmps://`).")
    if platform.default_app:
        facts.append(f"- The address must end in `/{platform.default_app}`; it is added where it is missing.")
    if platform.rendition:
        facts.append(f"- Shows {platform.rendition.value} pictures.")
    if platform.key.test_suffix:
        facts.append(f"- `{platform.key.test_suffix}` behind the key makes a broadcast that nobody sees.")
    return [*facts, f"- Last compared with its sources on {platform.checked_on}."]


def main() -> None:
    """Print the made part, or write the page."""
    if sys.argv[1:] != ["--write"]:
        sys.stdout.write(notes())
        return
    intro = DOCUMENT.read_text("utf-8").partition(BEGIN)[0]
    DOCUMENT.write_text(f"{intro}{BEGIN}\n\n{notes()}", "utf-8")


if __name__ == "__main__":
    main()
