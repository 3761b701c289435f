"""Options of the cloud: which store replays go to, and what may use the network when. Credentials are no settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from powerstream_desktop.service.settings.kinds import Choice, Flag, Folder, Line, WholeNumber
from powerstream_desktop.service.settings.option import Declared, Effect

_MOST_AT_ONCE: Final = 4
_MOST_KBPS: Final = 10_000_000
_URL: Final = r"(https?://[!-~]{1,500})?"


class CloudKind(StrEnum):
    """Where replays are copied to."""

    OFF = "off"
    S3 = "s3"
    FOLDER = "folder"


class CloudAddressing(StrEnum):
    """Where in a request the bucket's name stands."""

    AUTO = "auto"
    PATH = "path"
    VIRTUAL = "virtual"


def _here(kind: object, help_text: str) -> Declared:
    """Declare an option that decides where files go."""
    return Declared(kind, help_text, effect=Effect.AT_ONCE, is_guarded=True)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudOptions:
    """The store of replays in the cloud, or in a folder of another disk."""

    kind: Annotated[
        CloudKind,
        _here(Choice(CloudKind), "Where replays are copied to: nowhere, an S3 store, or a folder."),
    ] = CloudKind.OFF
    endpoint_url: Annotated[
        str,
        _here(
            Line(_URL, "https://s3.eu-central-1.amazonaws.com"),
            "Address of the S3 store; empty for Amazon's own in the region.",
        ),
    ] = ""
    region: Annotated[
        str,
        _here(
            Line(r"([a-z][a-z0-9-]{1,39})?", "eu-central-1", ("auto", "us-east-1", "eu-central-1")),
            "Region of the bucket; empty where the store has none.",
        ),
    ] = ""
    bucket: Annotated[
        str,
        _here(
            Line(r"([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])?", "my-replays"),
            "Bucket that replays are kept in.",
        ),
    ] = ""
    prefix: Annotated[
        str,
        _here(
            Line(r"([A-Za-z0-9_-][A-Za-z0-9._-]{0,60}/){0,4}", "station/"),
            "What all names in the bucket begin with, ending in a slash; empty for nothing.",
        ),
    ] = ""
    addressing: Annotated[
        CloudAddressing,
        _here(
            Choice(CloudAddressing),
            "Where requests name the bucket: in the path, in the host name, or as the store wants it.",
        ),
    ] = CloudAddressing.AUTO
    public_base_url: Annotated[
        str,
        _here(
            Line(_URL, "https://videos.example.com/"),
            "Where everybody can read the bucket, for links that never end; empty for signed links.",
        ),
    ] = ""
    folder: Annotated[
        Path | None,
        _here(Folder(), "The folder that is the store, on another disk or a NAS."),
    ] = None
    upload_automatically: Annotated[
        bool,
        _here(Flag(), "Upload each replay by itself once it is finished."),
    ] = False
    live_cap_kbps: Annotated[
        int,
        _here(
            WholeNumber(0, _MOST_KBPS, "kbit/s"),
            "What uploads may take while something is live, at most a fifth of what it leaves; 0 lets them wait.",
        ),
    ] = 0
    upload_when_metered: Annotated[
        bool,
        _here(
            Flag(),
            "Upload also in a metered network, such as that of a phone. Edits, which are small, always go.",
        ),
    ] = False
    parts_at_once: Annotated[
        int,
        _here(
            WholeNumber(1, _MOST_AT_ONCE),
            "Parts of a file that a store works on at once; their bytes go one after another, so a crash costs one part at most.",
        ),
    ] = 3
    verify_fully: Annotated[
        bool,
        _here(Flag(), "Read each copy back whole before it counts as one; takes as long as a download."),
    ] = False
    device_name: Annotated[
        str,
        _here(
            Line(r"([^\W_][\w .'()-]{0,39})?", "Studio PC"),
            "What this computer is called where edits of several computers are shown; empty for its own name.",
        ),
    ] = ""
    backend_url: Annotated[
        str,
        _here(
            Line(_URL, "https://powerstream.example.com"),
            "Address of a PowerStream server that lists the replays; empty for none.",
        ),
    ] = ""
