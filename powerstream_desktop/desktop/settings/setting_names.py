"""What settings and their choices are called. Their help comes from the service, which declares each once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.names import action_name

_HOTKEYS: Final = "hotkeys."
_NAMES: Final[Mapping[str, object]] = {
    "video.size": QT_TRANSLATE_NOOP("Settings", "Size"),
    "video.portrait_size": QT_TRANSLATE_NOOP("Settings", "Portrait size"),
    "video.fps": QT_TRANSLATE_NOOP("Settings", "Frame rate"),
    "video.bitrate_kbps": QT_TRANSLATE_NOOP("Settings", "Bitrate"),
    "video.adapt_bitrate": QT_TRANSLATE_NOOP("Settings", "Follow the upload"),
    "video.latency": QT_TRANSLATE_NOOP("Settings", "Latency"),
    "video.codec": QT_TRANSLATE_NOOP("Settings", "Codec"),
    "video.encoder": QT_TRANSLATE_NOOP("Settings", "Encoder"),
    "broadcast.bridge_limit_s": QT_TRANSLATE_NOOP("Settings", "Bridge a lost encoder"),
    "recording.folder": QT_TRANSLATE_NOOP("Settings", "Folder"),
    "recording.fallback_folders": QT_TRANSLATE_NOOP("Settings", "Fallback folders"),
    "recording.container": QT_TRANSLATE_NOOP("Settings", "Format"),
    "recording.split_after_minutes": QT_TRANSLATE_NOOP("Settings", "New file after"),
    "recording.split_at_megabytes": QT_TRANSLATE_NOOP("Settings", "New file at"),
    "recording.reserve_megabytes": QT_TRANSLATE_NOOP("Settings", "Space kept aside"),
    "retention.keep_days": QT_TRANSLATE_NOOP("Settings", "Keep replays for"),
    "retention.keep_gigabytes": QT_TRANSLATE_NOOP("Settings", "Space for replays"),
    "retention.allow_only_copy": QT_TRANSLATE_NOOP("Settings", "Remove also the only copy"),
    "cloud.kind": QT_TRANSLATE_NOOP("Settings", "Copies of replays"),
    "cloud.endpoint_url": QT_TRANSLATE_NOOP("Settings", "Address of the store"),
    "cloud.region": QT_TRANSLATE_NOOP("Settings", "Region"),
    "cloud.bucket": QT_TRANSLATE_NOOP("Settings", "Bucket"),
    "cloud.prefix": QT_TRANSLATE_NOOP("Settings", "Names begin with"),
    "cloud.addressing": QT_TRANSLATE_NOOP("Settings", "Where the bucket is named"),
    "cloud.public_base_url": QT_TRANSLATE_NOOP("Settings", "Public address"),
    "cloud.folder": QT_TRANSLATE_NOOP("Settings", "Folder of the copies"),
    "cloud.upload_automatically": QT_TRANSLATE_NOOP("Settings", "Upload finished replays"),
    "cloud.live_cap_kbps": QT_TRANSLATE_NOOP("Settings", "Uploads while live"),
    "cloud.upload_when_metered": QT_TRANSLATE_NOOP("Settings", "Upload in metered networks"),
    "cloud.parts_at_once": QT_TRANSLATE_NOOP("Settings", "Parts at once"),
    "cloud.verify_fully": QT_TRANSLATE_NOOP("Settings", "Read copies back"),
    "cloud.device_name": QT_TRANSLATE_NOOP("Settings", "Name of this computer"),
    "cloud.backend_url": QT_TRANSLATE_NOOP("Settings", "PowerStream server"),
    "hotkeys.enabled": QT_TRANSLATE_NOOP("Settings", "Global hotkeys"),
    "appearance.theme": QT_TRANSLATE_NOOP("Settings", "Theme"),
    "appearance.text_percent": QT_TRANSLATE_NOOP("Settings", "Text size"),
    "appearance.language": QT_TRANSLATE_NOOP("Settings", "Language"),
    "api.port": QT_TRANSLATE_NOOP("Settings", "API port"),
    "ingest.port": QT_TRANSLATE_NOOP("Settings", "Port for external encoders"),
    "ingest.lan": QT_TRANSLATE_NOOP("Settings", "External encoders on your network"),
    "lan.api": QT_TRANSLATE_NOOP("Settings", "Other devices on your network"),
    "lan.port": QT_TRANSLATE_NOOP("Settings", "Port for other devices"),
    "secrets.place": QT_TRANSLATE_NOOP("Settings", "Where keys are kept"),
}
_CHOICES: Final[Mapping[str, object]] = {
    "auto": QT_TRANSLATE_NOOP("Settings", "Automatic"),
    "automatic": QT_TRANSLATE_NOOP("Settings", "Automatic"),
    "low": QT_TRANSLATE_NOOP("Settings", "Low"),
    "normal": QT_TRANSLATE_NOOP("Settings", "Normal"),
    "dark": QT_TRANSLATE_NOOP("Settings", "Dark"),
    "light": QT_TRANSLATE_NOOP("Settings", "Light"),
    "high_contrast": QT_TRANSLATE_NOOP("Settings", "High contrast"),
    "system": QT_TRANSLATE_NOOP("Settings", "As the system has it"),
    "keyring": QT_TRANSLATE_NOOP("Settings", "The system's keyring"),
    "this-run": QT_TRANSLATE_NOOP("Settings", "For this run only"),
    "sealed-file": QT_TRANSLATE_NOOP("Settings", "A sealed file"),
    "off": QT_TRANSLATE_NOOP("Settings", "Nowhere"),
    "folder": QT_TRANSLATE_NOOP("Settings", "A folder"),
    "path": QT_TRANSLATE_NOOP("Settings", "In the path"),
    "virtual": QT_TRANSLATE_NOOP("Settings", "In the host name"),
}
_OWN_NAMES: Final[Mapping[str, str]] = {
    "en": "English", "de": "Deutsch", "s3": "S3", "mp4": "MP4", "mkv": "MKV", "h264": "H.264", "hevc": "HEVC", "av1": "AV1", "nvenc": "NVENC", "qsv": "Quick Sync",
    "amf": "AMF", "videotoolbox": "VideoToolbox", "mediafoundation": "Media Foundation",
}  # fmt: skip
"""What is called the same in every language."""


def setting_name(name: str) -> str:
    """Return what a setting is called; of one that nobody knows here, its own name."""
    action = name.removeprefix(_HOTKEYS)
    if name.startswith(_HOTKEYS) and action in {each.value for each in HotkeyAction}:
        return action_name(HotkeyAction(action))
    text = str(_NAMES.get(name, name))
    return QCoreApplication.translate("Settings", text)


def choice_name(choice: str) -> str:
    """Return what a choice is called; of one that nobody knows here, its own word."""
    text = str(_CHOICES.get(choice) or _OWN_NAMES.get(choice, choice))
    return QCoreApplication.translate("Settings", text)
