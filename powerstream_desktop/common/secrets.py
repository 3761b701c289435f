"""A secret is a type: it prints as ``***`` wherever it lands, and only the adapter that needs it calls ``reveal``.

Being made is enough to be protected: the value is made known to the redactor at once, so that the same text inside a
foreign exception or a library's log line is struck out too (reliability_security.md 3.9).
"""

from __future__ import annotations

import hmac
from typing import NoReturn

from powerstream_desktop.common.redaction import REDACTOR
from powerstream_desktop.common.redaction_patterns import MASK


class Secret:
    """A stream key, token or password.

    Args:
        value: the text to protect; may be empty.
    """

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value
        REDACTOR.protect(value)

    def reveal(self) -> str:
        """Return the text itself, for the one place that hands it to the wire or the keyring."""
        return self.__value

    def __bool__(self) -> bool:
        return bool(self.__value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self.__value), _bytes(other.__value))

    def __hash__(self) -> int:
        return hash((Secret, self.__value))

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return MASK

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(
            "a Secret is never pickled or copied into another process; reveal it where it is needed"
        )

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")
