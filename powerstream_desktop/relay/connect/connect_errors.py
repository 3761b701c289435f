"""Translates what connections raise, and how they end, into a ``Failure``: the one place that knows the system's exceptions.

Details never hold a key: they are made of error numbers, of OpenSSL's words, and of the names of exceptions and stages.
"""

from __future__ import annotations

import errno
import socket
import ssl

from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.rtmp.errors import HandshakeError, ProtocolError
from powerstream_desktop.rtmp.events import CloseReason, Stage

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_CUT = {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}
_CERT_EXPIRED = 10
_CERT_NAME_MISMATCH = {62, 64}
"""X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH."""
_TLS_REASONS = {
    "TLSV1_ALERT_PROTOCOL_VERSION": FailureKind.TLS_TOO_OLD,  # it says so itself
    "UNSUPPORTED_PROTOCOL": FailureKind.TLS_TOO_OLD,  # it chose TLS 1.1 or older
    "WRONG_VERSION_NUMBER": FailureKind.TLS_MISSING,
    "RECORD_LAYER_FAILURE": FailureKind.TLS_MISSING,  # the same since OpenSSL 3.2
}


def connect_failure(error: OSError, *, tls: bool) -> Failure:
    """Return what an exception from DNS, TCP or TLS means while a connection is being made."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_failure(error)
    if isinstance(error, ssl.SSLError):
        reason = _tls_reason(error)
        return Failure(_TLS_REASONS.get(reason, FailureKind.TLS_FAILED), reason)
    if isinstance(error, socket.gaierror):
        return Failure(FailureKind.DNS, error.strerror or "")
    if isinstance(error, TimeoutError):
        return Failure(FailureKind.CONNECT_TIMEOUT)
    if isinstance(error, ConnectionRefusedError):
        return Failure(FailureKind.REFUSED)
    failure = _os_failure(error)
    if tls and failure.kind is FailureKind.RESET:
        # Whoever accepts TCP and then hangs up or says nothing at TLS's first bytes speaks something else on this port.
        return Failure(FailureKind.TLS_FAILED, failure.detail)
    return failure


def loss_failure(error: BaseException) -> Failure:
    """Return what an exception means that ended a connection which stood."""
    if isinstance(error, ssl.SSLError):
        # Peers that vanish leave TLS without its close_notify; that is no matter of certificates any more.
        return Failure(FailureKind.RESET, _tls_reason(error))
    if isinstance(error, OSError):
        return _os_failure(error)
    return Failure(FailureKind.SYSTEM, type(error).__name__)


def protocol_failure(error: ProtocolError) -> Failure:
    """Return what it means that the other side does not speak RTMP, or not well."""
    if isinstance(error, HandshakeError):
        return Failure(FailureKind.WEB_PAGE if error.code == "http" else FailureKind.NOT_RTMP, error.code)
    return Failure(FailureKind.PROTOCOL, error.detail or error.title)


_CLOSED_AT = {
    Stage.BEFORE_CONNECT: FailureKind.CLOSED_BEFORE_CONNECT,
    Stage.BEFORE_START: FailureKind.CLOSED_BEFORE_START,
    Stage.LIVE: FailureKind.CLOSED,
}


def refusal_failure(code: str, description: str) -> Failure:
    """Return what it means that the server refused ``connect``; what it said goes into the detail."""
    return Failure(FailureKind.CONNECT_REJECTED, ": ".join(filter(None, (code, description))))


def closed_failure(reason: CloseReason, stage: Stage) -> Failure:
    """Return what it means that the other side closed at this stage, or did not answer in time."""
    if reason is CloseReason.HANDSHAKE_TIMEOUT:
        return Failure(FailureKind.HANDSHAKE_TIMEOUT)
    if reason is CloseReason.COMMAND_TIMEOUT:
        # Before the key was sent, a silence says nothing about the key.
        kind = FailureKind.HANDSHAKE_TIMEOUT if stage is Stage.BEFORE_CONNECT else FailureKind.START_TIMEOUT
        return Failure(kind, stage.value)
    return Failure(_CLOSED_AT[stage], stage.value)


def _certificate_failure(error: ssl.SSLCertVerificationError) -> Failure:
    if error.verify_code == _CERT_EXPIRED:
        return Failure(FailureKind.TLS_EXPIRED, error.verify_message)
    if error.verify_code in _CERT_NAME_MISMATCH:
        return Failure(FailureKind.TLS_WRONG_NAME, error.verify_message)
    return Failure(FailureKind.TLS_UNTRUSTED, error.verify_message)


def _tls_reason(error: ssl.SSLError) -> str:
    return getattr(error, "reason", None) or type(error).__name__


def _os_failure(error: OSError) -> Failure:
    detail = errno.errorcode.get(error.errno or 0, type(error).__name__)
    if error.errno in _UNREACHABLE:
        return Failure(FailureKind.UNREACHABLE, detail)
    # asyncio raises some of these by type alone. A connection that stands times out when the peer acknowledges nothing.
    if error.errno in _CUT or isinstance(error, ConnectionError | TimeoutError):
        return Failure(FailureKind.RESET, detail)
    return Failure(FailureKind.SYSTEM, detail)
