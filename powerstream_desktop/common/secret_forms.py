"""How one secret looks after other software has encoded it: the texts the redactor has to look for.

A key seldom leaks as typed. It leaks percent-encoded in a URL, Base64-encoded in a header, escaped in a JSON body or a
``repr``, as UTF-16 in a dump (reliability_security.md 3.9).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

MIN_ENCODED = 6
"""Shorter encoded fragments would hit innocent text."""


def forms_of(value: str) -> frozenset[str]:
    """Return ``value`` and every spelling of it that is worth looking for; nothing for an empty value."""
    forms = {value}
    forms.update(form for form in _encoded(value) if len(form) >= MIN_ENCODED)
    forms.discard("")
    return frozenset(forms)


def _encoded(value: str) -> Iterator[str]:
    data = value.encode("utf-8", "surrogatepass")
    yield from _percent(data)
    yield from _escaped(value)
    yield from _base64(data)
    yield data.hex()
    yield data.hex().upper()
    wide = value.encode("utf-16-le", "surrogatepass").decode("latin-1")
    yield wide
    yield repr(wide)[1:-1]


def _percent(data: bytes) -> Iterator[str]:
    for encode in (quote, quote_plus):
        for safe in ("", "/", "/:?=&@+,;~!*'()"):
            form = encode(data, safe=safe)
            yield form
            yield form.replace("%", "%25")
            yield _lower_hex(form)


def _lower_hex(form: str) -> str:
    head, *escapes = form.split("%")
    return head + "".join(f"%{part[:2].lower()}{part[2:]}" for part in escapes)


def _escaped(value: str) -> Iterator[str]:
    for escaped in (json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]):
        yield escaped
        yield escaped.replace("/", "\\/")
        yield json.dumps(escaped)[1:-1]
    yield repr(value)[1:-1]
    yield ascii(value)[1:-1]
    yield repr(value.encode("utf-8", "surrogatepass"))[2:-1]
    # A repr that contains a double quote, or is nested in another, picks the other quote.
    yield value.replace("\\", "\\\\").replace("'", "\\'")


def _base64(data: bytes) -> Iterator[str]:
    """Yield the encoding by itself, and the part that survives any neighbours ("user:KEY" in a Basic header)."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        alone = encode(data).decode("ascii")
        yield alone
        yield alone.rstrip("=")
        for before in range(3):
            shifted = encode(b"\0" * before + data).decode("ascii").rstrip("=")
            first = -(-before * 8 // 6)
            whole_characters = (before + len(data)) * 8 // 6
            yield shifted[first:whole_characters]
