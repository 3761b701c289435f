"""Why a request is not answered, in words for people and a code for scripts; the only place where these words stand.

No refusal tells more than its asker knows: whether a token was never given out, has expired or was taken back is one answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.service.access.request_limits import MAX_BODY_BYTES, MAX_HEADER_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason.

    Attributes:
        status: of HTTP.
        code: for scripts.
        message: one sentence: what is wrong.
        hint: one sentence: what to do.
        headers: of the answer, beside those that every answer has.
    """

    status: int
    code: str
    message: str
    hint: str
    headers: tuple[tuple[str, str], ...] = ()

    def body(self) -> bytes:
        """Return the answer's JSON (DESIGN 7)."""
        error = {"code": self.code, "message": self.message, "hint": self.hint}
        return json.dumps({"ok": False, "error": error}).encode()


MALFORMED: Final = Refusal(
    status=400,
    code="malformed-request",
    message="This request is not well formed.",
    hint="Send a path that begins with a slash, and each header once.",
)
WRONG_HOST: Final = Refusal(
    status=421,
    code="wrong-host",
    message="This name does not lead here.",
    hint="Use the address that stands in service.json.",
)
FOREIGN_ORIGIN: Final = Refusal(
    status=403,
    code="foreign-origin",
    message="Web pages may not use this API.",
    hint="Use a program or a script on this computer.",
)
NOT_LOGGED_IN: Final = Refusal(
    status=401,
    code="no-token",
    message="This needs a token.",
    hint="Send the header Authorization: Bearer with the token from service.json, or pair this device.",
    headers=(("www-authenticate", "Bearer"),),
)
BAD_TOKEN: Final = Refusal(
    status=401,
    code="bad-token",
    message="This token is not good, or no longer.",
    hint="Read service.json again, or pair this device again.",
    headers=(("www-authenticate", 'Bearer error="invalid_token"'),),
)
NOT_ALLOWED: Final = Refusal(
    status=403,
    code="not-allowed",
    message="This token does not allow that.",
    hint="Pair this device again and allow it more.",
)
ONLY_HERE: Final = Refusal(
    status=403,
    code="only-at-this-computer",
    message="This is done at the computer that PowerStream runs on.",
    hint="Use PowerStream's window there; a paired device may look and drive.",
)
NOT_JSON: Final = Refusal(
    status=415,
    code="not-json",
    message="Changes are sent as JSON.",
    hint="Send the header Content-Type: application/json.",
)
BODY_TOO_LARGE: Final = Refusal(
    status=413,
    code="body-too-large",
    message=f"No request may hold more than {MAX_BODY_BYTES // 1024} KiB.",
    hint="Send less at a time.",
    headers=(("connection", "close"),),
)
BODY_TOO_SLOW: Final = Refusal(
    status=408,
    code="body-too-slow",
    message="The rest of this request did not come in time.",
    hint="Send it again.",
    headers=(("connection", "close"),),
)
HEADERS_TOO_LARGE: Final = Refusal(
    status=431,
    code="headers-too-large",
    message=f"The headers of a request may not hold more than {MAX_HEADER_BYTES // 1024} KiB.",
    hint="Send fewer of them.",
    headers=(("connection", "close"),),
)
WRONG_CODE: Final = Refusal(
    status=403,
    code="wrong-pairing-code",
    message="This is not the code that the window shows.",
    hint="Open the pairing in the window again, and type the code while it is shown.",
)


def too_many_requests(wait_s: float) -> Refusal:
    """Return the refusal of who asks too often, with when to come again."""
    return Refusal(
        status=429,
        code="too-many-requests",
        message="Too many requests.",
        hint=f"Wait {max(1, round(wait_s))} s, and ask less often.",
        headers=(("retry-after", str(max(1, round(wait_s)))),),
    )
