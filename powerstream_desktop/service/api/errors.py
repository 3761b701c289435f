"""Errors as answers: the one place where what goes wrong behind a route becomes a status, a code and two sentences (DESIGN 7).

No answer repeats what was sent: people put keys into the wrong fields. What is a fault of ours is logged, and not told.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from powerstream_desktop.common.errors import Fault, PeerError, PowerStreamError
from powerstream_desktop.service.api.words import Error, ErrorAnswer
from powerstream_desktop.service.secret_store.secret_faults import SecretStoreError, SecretTrouble
from powerstream_desktop.service.store.store_faults import (
    ChangedError,
    ConflictError,
    StoreFault,
    UnknownRecordError,
)

if TYPE_CHECKING:
    from fastapi import FastAPI

_STATUS: Final = {Fault.USER: 422, Fault.SYSTEM: 503, Fault.PEER: 502, Fault.BUG: 500}
_CODE: Final = {Fault.USER: "not-possible", Fault.SYSTEM: "system-fault"}
_HINT: Final = {
    Fault.USER: "Change the request.",
    Fault.SYSTEM: "Look at what this computer reports, then try again.",
    Fault.PEER: "Try again; the log has the details.",
}
_UNTIL_CHANGED: Final = frozenset({SecretTrouble.ABSENT, SecretTrouble.SEALED})
"""Nothing failed: trying again helps only after somebody has done something about it."""
_OWN_FAULT: Final = Error(
    code="internal-error",
    message="PowerStream made a mistake.",
    hint="Try again. Please report it, with the log: this is a fault of ours.",
)
_OF_HTTP: Final = {
    400: Error(
        code="malformed-request", message="This request is not well formed.", hint="Send JSON in UTF-8."
    ),
    404: Error(
        code="unknown-path", message="There is nothing at this address.", hint="See /api/openapi.json."
    ),
    405: Error(
        code="wrong-method", message="This address does not take that method.", hint="See /api/openapi.json."
    ),
}
_NAME: Final = re.compile(r"[A-Za-z_]{1,30}")
"""What a field can be called; anything else stood where a name belongs, and is not repeated."""
_QUIET_KINDS: Final = {"extra_forbidden": "is not known here", "missing": "is missing"}

logger = logging.getLogger(__name__)


def answer_errors(app: FastAPI) -> None:
    """Have an application answer all that goes wrong in it."""
    app.add_exception_handler(PowerStreamError, _on_our_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_middleware(_Barrier)


def error_of(error: PowerStreamError) -> tuple[int, Error]:
    """Return the status and the words for one of our errors."""
    if error.fault is Fault.BUG:
        return 500, _OWN_FAULT
    status = _STATUS[error.fault]
    code = _CODE.get(error.fault, "")
    if isinstance(error, UnknownRecordError):
        status, code = 404, "not-found"
    elif isinstance(error, ConflictError):
        status, code = 409, "conflict"
    elif isinstance(error, ChangedError):
        status, code = 412, "changed"
    elif isinstance(error, StoreFault):
        code = "data-fault"
    elif isinstance(error, SecretStoreError):
        code = error.trouble.value
        status = 409 if error.trouble in _UNTIL_CHANGED else status
    elif isinstance(error, PeerError):
        code = error.code
    return status, Error(code=code, message=error.title, hint=error.hint or _HINT[error.fault])


async def _on_our_error(_: object, error: Any) -> JSONResponse:
    if error.fault is Fault.BUG:
        logger.error("a request met a mistake of ours: %s (%s)", error.title, error.detail, exc_info=error)
    status, words = error_of(error)
    if status == _STATUS[Fault.SYSTEM]:
        logger.warning("a request could not be done: %s (%s)", error.title, error.detail)
    return _answer(status, words)


async def _on_http_error(_: object, error: Any) -> JSONResponse:
    words = _OF_HTTP.get(error.status_code, _OF_HTTP[400])
    return _answer(error.status_code, words, error.headers)


async def _on_invalid_request(_: object, error: Any) -> JSONResponse:
    return _answer(422, _invalid(error.errors()))


def _invalid(found: Sequence[Any]) -> Error:
    """Return the words for the first thing that is wrong; pydantic's own sentences quote no value."""
    first = found[0]
    if first["type"] == "json_invalid":
        return Error(code="invalid-request", message="The body is not JSON.", hint="Send JSON in UTF-8.")
    place, field = first["loc"][0], _field(first["loc"][1:])
    says = str(first["msg"]).removeprefix("Value error, ")
    if (
        not field and first["type"] == "value_error"
    ):  # all its fields are right, but not together; or one is not known
        return Error(
            code="invalid-request",
            message="The body is not what it should be.",
            hint=f"{says[:1].upper()}{says[1:].rstrip('.')}.",
        )
    if not field:
        return Error(
            code="invalid-request",
            message="The body is missing." if first["type"] == "missing" else "The body is not an object.",
            hint="Send a JSON object.",
        )
    where = "The query's field" if place == "query" else "The field"
    wrong = _QUIET_KINDS.get(first["type"], "is not what it should be")
    hint = "See /api/openapi.json." if first["type"] in _QUIET_KINDS else f"{says.rstrip('.')}."
    return Error(code="invalid-request", message=f"{where} {field} {wrong}.", hint=hint)


def _field(path: Sequence[str | int]) -> str:
    """Return the path of a field, such as ``videoLimits.maxFps`` or ``endpointIds[2]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if _NAME.fullmatch(part) else "…")
    return text


def _answer(status: int, error: Error, headers: Any = None) -> JSONResponse:
    return JSONResponse(ErrorAnswer(error=error).model_dump(), status, headers)


class _Barrier:
    """Answers what nobody foresaw, instead of handing it to the server: its words would reach the log unexplained."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        has_begun = False

        async def noting(message: MutableMapping[str, Any]) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception:
            if scope["type"] != "http":
                raise
            logger.exception("a request met a mistake of ours")
            if not has_begun:
                await _answer(500, _OWN_FAULT)(scope, receive, send)
