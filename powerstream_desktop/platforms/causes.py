"""Causes in plain words: turns what happened to a destination, and the platform's habits, into code, sentence and next step.

The relay reports a ``Failure``; people read a ``Cause``. Sentence and remedy are chosen each for itself, the most special
first: the platform's own words (the catalogue), what the server said or OpenSSL found (``BY_DETAIL``), the kind (``GENERAL``).
Nothing here ever holds a key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from powerstream_desktop.common.redaction import REDACTOR
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.platforms.words import BY_DETAIL, GENERAL, Words

MAX_DETAIL_CHARACTERS = 200

_WITH_DETAIL = frozenset(
    {
        FailureKind.CONNECT_REJECTED,
        FailureKind.KEY_REFUSED,
        FailureKind.ENDED_BY_PLATFORM,
        FailureKind.UNSUPPORTED_CODEC,
    }
)
"""Their detail is something that people may search for: the server's own answer, or the codec."""

_ANSWERED_ON_THE_PAGE = frozenset(
    {
        FailureKind.CONNECT_REJECTED,
        FailureKind.CLOSED_BEFORE_CONNECT,
        FailureKind.KEY_REFUSED,
        FailureKind.CLOSED_BEFORE_START,
        FailureKind.START_TIMEOUT,
        FailureKind.CLOSED_SOON,
        FailureKind.ENDED_BY_PLATFORM,
    }
)
"""The platform's page for broadcasters is where the user goes next: it has the server URL, the key and the state of the event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One failure in words for people.

    Attributes:
        code: stable, for scripts: the value of the ``FailureKind``.
        sentence: what happened; names the destination.
        remedy: what to do now.
        help_url: the platform's page where that is done; empty if there is none.
        detail: what the server itself said, without secrets, printable, at most 200 characters; often empty.
    """

    code: str
    sentence: str
    remedy: str
    help_url: str = ""
    detail: str = ""


def explain(failure: Failure, destination_name: str, platform: Platform | None = None) -> Cause:
    """Return the failure in words that name the destination; without a platform as for any custom server."""
    words = [_by_detail(failure), GENERAL[failure.kind]]
    if platform is not None:
        words.insert(0, platform.words.get(failure.kind, Words()))
    sentence = next(each.sentence for each in words if each.sentence)
    help_url = platform.help_url if platform is not None and failure.kind in _ANSWERED_ON_THE_PAGE else ""
    return Cause(
        code=failure.kind.value,
        sentence=sentence.replace("{name}", destination_name),
        remedy=next(each.remedy for each in words if each.remedy),
        help_url=help_url,
        detail=_shown_detail(failure.detail) if failure.kind in _WITH_DETAIL else "",
    )


def _by_detail(failure: Failure) -> Words:
    for pattern, words in BY_DETAIL.get(failure.kind, ()):
        if re.search(pattern, failure.detail):
            return words
    return Words()


def _shown_detail(detail: str) -> str:
    # Made printable before it is redacted: a control character within a key would hide it from the redactor.
    printable = "".join(character for character in detail if character.isprintable())
    return REDACTOR.redact(printable)[:MAX_DETAIL_CHARACTERS]
