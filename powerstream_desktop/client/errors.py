"""What can go wrong with a request, in the words of the service where it said some. The only place that reads its refusals.

Every error here tells by ``has_changed`` whether the request may have been obeyed, at least in part.
"""

from __future__ import annotations

from typing import Any, Final

from powerstream_desktop.common.errors import BugError, PeerError, PowerStreamError, SystemFault, UserError
from powerstream_desktop.common.frozen_json import MalformedError, parse_json

MAX_WORDS: Final = 600
"""Characters of a message or hint that are believed to be a sentence."""


class _AnsweredError(PowerStreamError):
    """The service said what went wrong.

    Args:
        status: of HTTP.
        code: for scripts, such as "not-found".
    """

    def __init__(self, title: str, *, status: int, code: str, hint: str = "") -> None:
        super().__init__(title, hint=hint)
        self.status = status
        self.code = code


class RefusedError(_AnsweredError, UserError):
    """The service refuses (400 to 499): it cannot be, or not now. Nothing was changed."""

    has_changed = False


class UnknownError(RefusedError):
    """There is no such thing (404)."""


class ConflictError(RefusedError):
    """Not while things are as they are (409)."""


class NotAllowedError(RefusedError):
    """The token is not good, or does not allow it (401, 403)."""


class ServiceFault(_AnsweredError, SystemFault):  # noqa: N818 - named like its family
    """The service's computer failed: disk, keyring, devices (503)."""

    has_changed = True


class RemoteError(PeerError):
    """A platform refused or was silent (502).

    Args:
        status: of HTTP.
    """

    has_changed = True

    def __init__(self, title: str, *, status: int, code: str, hint: str = "") -> None:
        super().__init__(title, code=code, hint=hint)
        self.status = status


class ServiceBugError(_AnsweredError, BugError):
    """The service broke a rule of its own (500)."""

    has_changed = True


class ServiceGoneError(SystemFault):
    """No service runs, or none could be reached in time.

    Args:
        has_changed: the request was sent before the connection broke; whether it was obeyed is not known.
    """

    def __init__(self, title: str, *, hint: str = "", detail: str = "", has_changed: bool = False) -> None:
        super().__init__(title, hint=hint, detail=detail)
        self.has_changed = has_changed


class BadAnswerError(PeerError):
    """Who answers is not our service, or not of this version."""

    has_changed = True

    def __init__(self, title: str, *, hint: str = "", detail: str = "") -> None:
        super().__init__(title, code="bad-answer", hint=hint, detail=detail)


def error_of(status: int, body: bytes) -> PowerStreamError:
    """Return the error that an answer of another status than 200 to 299 means."""
    words = _words(body)
    if words is None:
        return BadAnswerError(
            f"The answer {status} is none of our service's.",
            hint="Another program may have its port; start PowerStream again.",
        )
    code, title, hint = words
    if status == 404:
        return UnknownError(title, status=status, code=code, hint=hint)
    if status == 409:
        return ConflictError(title, status=status, code=code, hint=hint)
    if status in {401, 403}:
        return NotAllowedError(title, status=status, code=code, hint=hint)
    if 400 <= status < 500:
        return RefusedError(title, status=status, code=code, hint=hint)
    if status == 502:
        return RemoteError(title, status=status, code=code, hint=hint)
    if status == 503:
        return ServiceFault(title, status=status, code=code, hint=hint)
    return ServiceBugError(title, status=status, code=code, hint=hint)


def not_understood(detail: str) -> BadAnswerError:
    """Return the error that an answer in other words than ours means."""
    return BadAnswerError(
        "The service's answer is not understood.",
        hint="Window, scripts and service must be of one version; start PowerStream again.",
        detail=detail,
    )


def may_have_changed(error: PowerStreamError) -> bool:
    """Return whether the request behind an error may have been obeyed, at least in part."""
    return bool(getattr(error, "has_changed", False))


def _words(body: bytes) -> tuple[str, str, str] | None:
    """Return code, message and hint of a refusal; None if it is none of ours."""
    try:
        answer: Any = parse_json(body)
    except MalformedError:
        return None
    error = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(error, dict):
        return None
    code, message, hint = error.get("code"), error.get("message"), error.get("hint", "")
    if not (isinstance(code, str) and isinstance(message, str) and message and isinstance(hint, str)):
        return None
    return code[:MAX_WORDS], message[:MAX_WORDS], hint[:MAX_WORDS]
