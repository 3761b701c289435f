"""What a secret looks like when nobody told us that it is one.

Every pattern is linear: bounded prefixes, no nested repetition, because hostile peers choose some of the text that is
logged. When in doubt a pattern takes too much: an over-masked log line costs a question, a leaked key costs a channel.
"""

from __future__ import annotations

import re

MASK = "***"

_RTMP_URL = re.compile(r"\b(rtmp[a-z]{0,2}:)((?:\\?/){2})([^\s\"'<>`]*)", re.IGNORECASE)
_USERINFO = re.compile(r"\b([a-z][a-z0-9+.\-]{0,15}://)[^\s\"'<>`]*@", re.IGNORECASE)
_PARAMETER = re.compile(
    r"""([?&;](?:[\w.\-%]{0,40}?)(?:key|token|secret|pass|pwd|sign|sig|auth|credential|session|jwt|code|streamid)[\w.\-%]{0,40}=)
        [^&\s"'<>\#]+""",
    re.IGNORECASE | re.VERBOSE,
)
_FIELD = re.compile(
    r"""((?:stream_?key|streamname|playpath|pass(?:word|wd|phrase)|secret|token|api_?key|private_?key)
        \\?["']?\s{0,4}[:=]\s{0,4})
        (\\"(?:(?!\\").){0,4096}\\"|"(?:[^"\\]|\\.){0,4096}"|'[^']{0,4096}'|\\?["']?[^\s"',;&}\])]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_AUTHORIZATION = re.compile(
    r"""((?:authorization|cookie)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?:(?:bearer|basic|digest|token|aws4-hmac-sha256)\s{1,4})?)
        [^\r\n"']+""",
    re.IGNORECASE | re.VERBOSE,
)
_BEARER = re.compile(r"\b((?:bearer|basic)\s{1,4})(?=[\w.~+/\-]*[\d=])[\w.~+/=\-]{8,}", re.IGNORECASE)
_KNOWN_KEYS = re.compile(
    r"""(?<![\w\-])(?:
        live_(?=[\w\-]*\d)[\w\-]{6,}                 # Twitch
      | (?:sk|rk|pk)_(?=[\w\-]*\d)[\w\-]{6,}         # Kick, payment providers
      | FB-\d{3,}-[\w\-]+                            # Facebook
      | [a-z0-9]{4}(?:-[a-z0-9]{4}){3,4}(?![\w\-])   # YouTube
      | eyJ[\w\-]{4,}\.[\w\-]+(?:\.[\w\-]*)?         # JSON web token
      | (?:AKIA|ASIA)[0-9A-Z]{16}                    # AWS access key
    )(?:\?[^\s"'<>`]*)?""",
    re.VERBOSE,
)


def mask(text: str) -> str:
    """Return ``text`` with everything masked that looks like a secret."""
    if "rtmp" in text or "RTMP" in text:
        text = _RTMP_URL.sub(_masked_rtmp, text)
    if "://" in text:
        text = _USERINFO.sub(rf"\1{MASK}@", text)
    if "=" in text or ":" in text:
        text = _PARAMETER.sub(rf"\1{MASK}", text)
        text = _AUTHORIZATION.sub(rf"\1{MASK}", text)
        text = _FIELD.sub(_masked_field, text)
    text = _BEARER.sub(rf"\1{MASK}", text)
    return _KNOWN_KEYS.sub(MASK, text)


def _masked_rtmp(match: re.Match[str]) -> str:
    """Keep scheme, host, port and app; the key may stand in any segment after them (rtmp.md 1.1)."""
    scheme, slashes, rest = match.groups()
    place, _, query = rest.replace("\\/", "/").partition("?")
    host, *segments = place.split("/")
    if "@" in place:
        # Behind the first slash an "@" belongs to a password with a slash in it, or to the key: nobody can tell.
        if "@" not in host or any("@" in segment for segment in segments):
            return f"{scheme}{slashes}{MASK}"
        host = f"{MASK}@{host.rpartition('@')[2]}"
    shown = [host, *segments[:1]]
    if any(segments[1:]) or query:
        shown.append(MASK)
    elif len(segments) > 1:
        shown.append("")
    return f"{scheme}{slashes}" + "/".join(shown)


def _masked_field(match: re.Match[str]) -> str:
    """Mask the value and keep its quotes, so that a JSON line stays JSON."""
    name, value = match.groups()
    for quote in ('\\"', '"', "'"):
        if value.startswith(quote) and value.endswith(quote) and len(value) >= 2 * len(quote):
            return f"{name}{quote}{MASK}{quote}"
    return f"{name}{MASK}"
