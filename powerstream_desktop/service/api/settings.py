"""Settings: what can be chosen for good, and what was."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field, RootModel, StrictBool, StrictInt, StrictStr

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.access import refusal
from powerstream_desktop.service.api.at_home import is_at_home
from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.words import Answer, ErrorAnswer, Words
from powerstream_desktop.service.api.words_rtmp import Finding
from powerstream_desktop.service.settings.kinds import SettingType
from powerstream_desktop.service.settings.option import Effect, Option
from powerstream_desktop.service.settings.settings import OPTIONS, Settings
from powerstream_desktop.service.settings.settings_desk import SettingsDesk

router = APIRouter(prefix="/api/settings", tags=["settings"])

PLACE: Final = "secrets.place"
"""Keys must be moved with it, so it has a route of its own."""
MAX_CHANGES: Final = 200
Value: TypeAlias = StrictBool | StrictInt | StrictStr
_NOT_ALLOWED: Final[dict[int | str, dict[str, Any]]] = {
    403: {
        "model": ErrorAnswer,
        "description": "One of these is for the computer that PowerStream runs on alone.",
    }
}


class Setting(Words):
    """One setting, and how to ask for it."""

    name: str
    value: Value
    default: Value
    help: str
    type: SettingType
    lowest: int | None
    """Of a number."""
    highest: int | None
    """Of a number."""
    unit: str
    """Of a number; may be empty."""
    choices: tuple[str, ...]
    """All there are, of a choice."""
    example: str
    """What a text looks like."""
    suggestions: tuple[str, ...]
    """Texts that most people take."""
    effect: Effect
    """When a change shows."""
    is_guarded: bool
    """Paired devices cannot change it."""


class SettingsAnswer(Answer):
    """All settings, in the order in which people should see them, and what is wrong with their file."""

    settings: tuple[Setting, ...]
    findings: tuple[Finding, ...]


class SettingsWish(RootModel[dict[str, Value | None]]):
    """New values by name; null for the default. What is not named stays."""

    root: Annotated[
        dict[str, Value | None],
        Field(max_length=MAX_CHANGES, examples=[{"video.fps": 60, "video.bitrate_kbps": 6000}]),
    ]


@router.get("", summary="List all settings")
async def list_settings(parts: Parts, request: Request) -> SettingsAnswer:
    """With their ranges, choices and defaults. Folders of this computer, and what is wrong with the file, are told to this computer alone."""
    return _answer(parts.owner.settings, request)


@router.patch("", summary="Change settings", responses=_NOT_ALLOWED, response_model=SettingsAnswer)
async def change_settings(parts: Parts, wish: SettingsWish, request: Request) -> SettingsAnswer | Response:
    """All of them or, if one cannot be, none. Answers with all settings."""
    changes = wish.root
    if PLACE in changes:
        raise UserError(
            "Where keys are kept is not changed here, because they must be moved.",
            hint="Send it to /api/access/secrets/place.",
        )
    if any(name in OPTIONS and OPTIONS[name].declared.is_guarded for name in changes) and not is_at_home(
        request
    ):
        denied = refusal.ONLY_HERE
        return Response(denied.body(), denied.status, media_type="application/json")
    await parts.owner.settings.change(changes)
    return _answer(parts.owner.settings, request)


def _answer(desk: SettingsDesk, request: Request) -> SettingsAnswer:
    settings, tells_places = desk.settings, is_at_home(request)
    return SettingsAnswer(
        settings=tuple(
            _setting(settings, each) for each in OPTIONS.values() if tells_places or not each.is_place
        ),
        findings=tuple(map(Finding.of, desk.findings if tells_places else ())),
    )


def _setting(settings: Settings, option: Option) -> Setting:
    declared, described = option.declared, option.declared.kind.described()
    return Setting(
        name=option.name,
        value=declared.kind.write(settings.value(option)),
        default=option.default_json(),
        help=declared.help,
        type=described.type,
        lowest=described.lowest,
        highest=described.highest,
        unit=described.unit,
        choices=described.choices,
        example=described.example,
        suggestions=described.suggestions,
        effect=declared.effect,
        is_guarded=declared.is_guarded,
    )
