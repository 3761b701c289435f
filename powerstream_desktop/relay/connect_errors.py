"""Translates what connections raise into a ``Failure``: the one place where the relay knows the system's exceptions.

Details never hold a key: they are made of error numbers and of the names of exceptions.
"""

from __future__ import annotations

import errno
import socket
import ssl

from powerstream_desktop.platforms.causes import Failure, FailureKind

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_CUT = {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}
_CERT_EXPIRED = 10
_CERT_NAME_MISMATCH = {62, 64}
"""X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH."""


def connect_failure(error: OSError, *, tls: bool) -> Failure:
    """Return what an exception from DNS, TCP or TLS means while a connection is being made."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_failure(error)
    if isinstance(error, ssl.SSLError):
        return Failure(FailureKind.TLS_FAILED, getattr(error, "reason", None) or type(error).__name__)
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
        return Failure(FailureKind.RESET, getattr(error, "reason", None) or type(error).__name__)
    if isinstance(error, OSError):
        return _os_failure(error)
    return Failure(FailureKind.SYSTEM, type(error).__name__)


def _certificate_failure(error: ssl.SSLCertVerificationError) -> Failure:
    if error.verify_code == _CERT_EXPIRED:
        return Failure(FailureKind.TLS_EXPIRED, error.verify_message)
    if error.verify_code in _CERT_NAME_MISMATCH:
        return Failure(FailureKind.TLS_WRONG_NAME, error.verify_message)
    return Failure(FailureKind.TLS_UNTRUSTED, error.verify_message)


def _os_failure(error: OSError) -> Failure:
    detail = errno.errorcode.get(error.errno or 0, type(error).__name__)
    if error.errno in _UNREACHABLE:
        return Failure(FailureKind.UNREACHABLE, detail)
    # asyncio raises some of these by type alone. A connection that stands times out when the peer acknowledges nothing.
    if error.errno in _CUT or isinstance(error, ConnectionError | TimeoutError):
        return Failure(FailureKind.RESET, detail)
    return Failure(FailureKind.SYSTEM, detail)
