"""What the preview says while it has no picture to show."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.studio import EngineStatus
from powerstream_desktop.desktop.studio.preview.state import PreviewState


def preview_sentence(state: PreviewState, engine: EngineStatus | None) -> str:
    """Return a sentence, and a second one with what to do where there is such; empty while pictures come."""
    match state:
        case PreviewState.SHOWING:
            return ""
        case PreviewState.STARTING:
            return _tr("The studio is starting…")
        case PreviewState.COMING_BACK:
            return _tr("The studio is coming back…")
        case PreviewState.AWAY:
            return _tr("The studio cannot be reached just now…")
        case PreviewState.FAILED:
            return _failure(engine) or _tr("The studio could not start.")


def _failure(engine: EngineStatus | None) -> str:
    """Return the engine's own sentences, if it left any."""
    failure = engine.words.get("failure") if engine is not None else None
    if not isinstance(failure, dict):
        return ""
    return " ".join(str(failure.get(part, "")) for part in ("message", "hint")).strip()


def _tr(text: str) -> str:
    return QCoreApplication.translate("PreviewWords", text)
