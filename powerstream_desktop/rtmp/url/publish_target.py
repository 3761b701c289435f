"""What a publisher means by its ``app``, ``tcUrl`` and stream name (rtmp.md 1.1, the server-side normaliser).

All of it is remote input: nothing here raises, whatever comes (NMS died of odd URLs).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishTarget:
    """The parts of a publish request, normalised.

    Attributes:
        app: path of the application, without slashes at the ends; may be empty.
        key: stream key without its query; empty when there was none. Not in ``repr``. Any text may stand here: compare it in
            constant time and never make a file name of it.
        query: queries of app and key without their ``?``, joined with ``&``. Not in ``repr``: tokens stand here.
    """

    app: str
    key: str = field(repr=False)
    query: str = field(repr=False)


def normalise_publish_target(app: object, tc_url: object, name: object) -> PublishTarget:
    """Return what was meant, from AMF values of any type; a missing value is ``None``.

    A name that is no text counts as empty (Wirecast sends ``False`` to stop, NMS#67). An empty name takes the last part of an
    app of several parts; a name that is a whole URL gives its last part (mediamtx#4309).
    """
    app_path, app_query = _split_query(_unquote(app) if isinstance(app, str) else _path_of(_unquote(tc_url)))
    key, key_query = _split_query(name if isinstance(name, str) else "")
    app_path, key = app_path.strip("/"), key.strip("/")
    if not key and "/" in app_path:
        app_path, _, key = app_path.rpartition("/")
        app_path = app_path.rstrip("/")
    if key.lower().startswith(("rtmp://", "rtmps://")):
        key = _path_of(key).rpartition("/")[2]
    return PublishTarget(app=app_path, key=key, query="&".join(filter(None, (app_query, key_query))))


def _unquote(value: object) -> str:
    # Some cameras wrap URLs in single quotes (rtmp.md 1.1).
    return value.strip("'") if isinstance(value, str) else ""


def _path_of(url: str) -> str:
    """Return what stands behind the first ``/`` after the host, with its query."""
    return url.partition("://")[2].partition("/")[2]


def _split_query(text: str) -> tuple[str, str]:
    path, _, query = text.partition("?")
    return path, query
