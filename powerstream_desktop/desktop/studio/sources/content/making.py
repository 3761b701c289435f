"""Makes the form of a kind of source."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.studio.sources.content.colour_form import ColourForm
from powerstream_desktop.desktop.studio.sources.content.content_form import ContentForm
from powerstream_desktop.desktop.studio.sources.content.device_forms import (
    CameraForm,
    ScreenForm,
    WindowForm,
)
from powerstream_desktop.desktop.studio.sources.content.devices import DeviceList
from powerstream_desktop.desktop.studio.sources.content.path_form import ImageForm, MediaForm
from powerstream_desktop.desktop.studio.sources.content.text_form import TextForm


def form_of(content: Words, devices: DeviceList, parent: QWidget | None = None) -> ContentForm:
    """Return the form for a content; an empty one for a kind without a choice, or of another age."""
    match content.get("type"):
        case "screen":
            return ScreenForm(content, devices, parent)
        case "window":
            return WindowForm(content, devices, parent)
        case "camera":
            return CameraForm(content, devices, parent)
        case "image":
            return ImageForm(content, parent)
        case "file":
            return MediaForm(content, parent)
        case "colour":
            return ColourForm(content, parent)
        case "text":
            return TextForm(content, parent)
        case _:
            return ContentForm(content, parent)
