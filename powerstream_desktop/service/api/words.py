"""What the API's JSON is made of: camelCase names, and nothing that is not known. Needs pydantic, and no web framework."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Strict
from pydantic.alias_generators import to_camel

KindT = TypeVar("KindT")
Word = Annotated[KindT, Strict(strict=False)]
"""An enumeration or a date in a request: JSON has only text for it."""


class Words(BaseModel):
    """An object in an answer."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
    )


class Wish(BaseModel):
    """An object in a request: only the names that are documented, and nothing is converted."""

    model_config = ConfigDict(
        alias_generator=to_camel, frozen=True, extra="forbid", use_attribute_docstrings=True, strict=True
    )


class Asked(BaseModel):
    """The query of a request: only the names that are documented."""

    model_config = ConfigDict(
        alias_generator=to_camel, frozen=True, extra="forbid", use_attribute_docstrings=True
    )


class Answer(Words):
    """What every answer begins with."""

    ok: Literal[True] = True


class Error(Words):
    """Why a request was not done."""

    code: str
    """For scripts."""
    message: str
    """One sentence: what is wrong."""
    hint: str
    """One sentence: what to do."""


class ErrorAnswer(Words):
    """The answer to whatever was not done."""

    ok: Literal[False] = False
    error: Error
