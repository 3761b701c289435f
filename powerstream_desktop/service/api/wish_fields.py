"""Fields that many requests have."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Path, Query
from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from powerstream_desktop.cloud.backend.tokens import MAX_TOKEN_CHARACTERS
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.text import can_be_name
from powerstream_desktop.rtmp.url.address import MAX_URL_LENGTH
from powerstream_desktop.service.api.words import Asked
from powerstream_desktop.service.store.paging import DEFAULT_LIMIT, MAX_LIMIT

MAX_NAME_CHARACTERS: Final = 80
MAX_TITLE_CHARACTERS: Final = 200
MAX_TEXT_CHARACTERS: Final = 5000
MAX_CHOSEN: Final = 200
"""Endpoints in one choice; nobody's upload carries more."""
_ID: Final = r"^[0-9A-Za-z_-]{1,64}$"


def _in_one_line(text: str) -> str:
    if not can_be_name(text):
        raise PydanticCustomError("one_line", "It should be one line of printable text")
    return text


class _SecretText:
    """Makes a secret of a text while the request is read, before anything else sees it.

    Args:
        longest: in characters.
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        text = core_schema.str_schema(max_length=self._longest, strict=True)
        return core_schema.no_info_after_validator_function(Secret, text)

    def __get_pydantic_json_schema__(
        self, _: core_schema.CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "format": "password", "maxLength": self._longest, "writeOnly": True}


Id = Annotated[str, Field(pattern=_ID)]
"""Of something that is kept; best a ULID or UUID."""
PathId = Annotated[str, Path(alias="id", pattern=_ID)]
"""The same in an address."""
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME_CHARACTERS), AfterValidator(_in_one_line)]
Title = Annotated[str, Field(max_length=MAX_TITLE_CHARACTERS), AfterValidator(_in_one_line)]
Text = Annotated[str, Field(max_length=MAX_TEXT_CHARACTERS)]
SecretText = Annotated[Secret, _SecretText(MAX_URL_LENGTH)]
TokenText = Annotated[Secret, _SecretText(MAX_TOKEN_CHARACTERS)]
"""Of servers, whose tokens say much of themselves."""
Choice = Annotated[list[Id], Field(max_length=MAX_CHOSEN)]
"""Ids of endpoints."""


class OfStation(Asked):
    """Which station is meant."""

    station_id: Id | None = None
    """Only what this station uses; null for all."""


class PageOf(OfStation):
    """Which page of a long list is meant."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
    cursor: Annotated[str, Field(pattern="^[0-9a-f]{1,16}$")] | None = None
    """``nextCursor`` of the page before; null for the first."""


StationQuery = Annotated[OfStation, Query()]
PageQuery = Annotated[PageOf, Query()]
