"""The studio in the OpenAPI document: the schemas of what the engine is told and tells."""

from __future__ import annotations

from typing import Any, Final

from powerstream_desktop.common.errors import BugError, Fault
from powerstream_desktop.engine.control import desk_reports, reports
from powerstream_desktop.engine.life_cycle import EngineState
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene import studio as scenes
from powerstream_desktop.service.api.frozen_schema import FrozenSchemas
from powerstream_desktop.service.process_figures import ProcessFigures
from powerstream_desktop.service.recording_room import RecordingRoom


def with_engine_words(document: dict[str, Any]) -> dict[str, Any]:
    """Return the API's document with the schemas to which these routes refer; call it as often as you like.

    Raises:
        BugError: another part of the API uses one of their names.
    """
    schemas = document["components"]["schemas"]
    for name, schema in SCHEMAS.components.items():
        if schemas.setdefault(name, schema) is not schema:
            raise BugError(f"Two schemas in the API's document are called {name}.")
    return document


SCHEMAS: Final = FrozenSchemas()
"""Of all that the engine's values need in the document."""
_TEXT: Final[dict[str, Any]] = {"type": "string"}
_YES_OR_NO: Final[dict[str, Any]] = {"type": "boolean"}
_OK: Final[dict[str, Any]] = {"type": "boolean", "const": True}


def _or_null(kind: Any, what: str) -> dict[str, Any]:
    return {"anyOf": [SCHEMAS.reference(kind, without_type=True), {"type": "null"}], "description": what}


def _object(title: str, description: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Add the schema of an answer, and return the reference to it."""
    SCHEMAS.components[title] = {
        "type": "object",
        "title": title,
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"$ref": f"#/components/schemas/{title}"}


_FAILURE: Final = _object(
    "EngineFailure",
    "Why an engine failed.",
    {"message": _TEXT, "hint": _TEXT, "fault": {**_TEXT, "enum": [fault.value for fault in Fault]}},
)
ENGINE_STATUS: Final = _object(
    "EngineStatus",
    "How the engine's process stands.",
    {
        "state": {**_TEXT, "enum": [state.value for state in EngineState]},
        "starts": {"type": "integer", "description": "Processes started so far."},
        "isComingBack": {**_YES_OR_NO, "description": "It failed and is being started again."},
        "failure": {
            "anyOf": [_FAILURE, {"type": "null"}],
            "description": "Null while nothing failed since it last ran.",
        },
        "stats": _or_null(reports.Stats, "Its newest figures; null while it does not run."),
        "troubles": {"type": "array", "items": _TEXT, "description": "What hinders it, in sentences."},
    },
)
STUDIO_ANSWER: Final = _object(
    "StudioAnswer",
    "The studio as a window shows it.",
    {
        "ok": _OK,
        "studio": _or_null(scenes.Studio, "Sources and scenes; null before an engine told them."),
        "canUndo": _YES_OR_NO,
        "canRedo": _YES_OR_NO,
        "sound": _or_null(MixerSettings, "The mixer; null before an engine told it."),
        "isPrivate": {**_YES_OR_NO, "description": "The audience sees `Be right back` and hears nothing."},
        "levels": _or_null(desk_reports.SoundLevels, "The meters; null while nobody watches them."),
        "preview": _or_null(reports.PreviewReady, "Where the preview's ring is; null while nobody watches."),
        "engine": ENGINE_STATUS,
    },
)
DEVICES_ANSWER: Final = _object(
    "DevicesAnswer",
    "What this computer has to offer.",
    {"ok": _OK, "devices": SCHEMAS.reference(desk_reports.Devices, without_type=True)},
)
STATS_ANSWER: Final = _object(
    "StatsAnswer",
    "All figures.",
    {
        "ok": _OK,
        "version": _TEXT,
        "uptimeSeconds": {"type": "number"},
        "service": SCHEMAS.reference(ProcessFigures),
        "processes": {
            "type": "array",
            "items": SCHEMAS.reference(ProcessFigures),
            "description": "Those that the service has started, the engine among them; empty where the system does not tell.",
        },
        "recordingRoom": {
            **SCHEMAS.schema(RecordingRoom | None),
            "description": "What is left of the disk that recordings go to; null where the system does not tell.",
        },
        "engine": ENGINE_STATUS,
        "sessions": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/RunningBroadcast"},
            "description": "The broadcast that runs, as `GET /api/rtmp/status` tells it; or none.",
        },
    },
)
