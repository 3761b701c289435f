"""The sentences of troubles, and which of them are worth another try."""

from __future__ import annotations

import errno
import os
from typing import Any

import pytest
from botocore import exceptions as boto  # type: ignore[import-untyped]

from powerstream_desktop.cloud.object_store import folder_errors, s3_errors
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.errors import Fault, SystemFault

DECIDED_BY_THE_UPLOAD = {TroubleCode.EXISTS, TroubleCode.CHANGED, TroubleCode.GONE}


@pytest.mark.parametrize("code", TroubleCode)
def test_every_trouble_has_a_sentence_and_a_remedy(code: TroubleCode) -> None:
    trouble = StoreTrouble(code)
    assert trouble.title.endswith(".")
    assert bool(trouble.hint) == (code not in DECIDED_BY_THE_UPLOAD)
    assert trouble.code == code
    assert trouble.kind is code
    assert trouble.fault is Fault.PEER


def said(status: int, code: str, **headers: str) -> Any:
    meta = {
        "HTTPStatusCode": status,
        "HTTPHeaders": {name.replace("_", "-"): value for name, value in headers.items()},
    }
    return boto.ClientError({"Error": {"Code": code, "Message": "m"}, "ResponseMetadata": meta}, "Op")


def translated(error: Exception, *, changes: bool = False) -> StoreTrouble:
    trouble = s3_errors.trouble_of(error, asked="op", changes=changes)
    assert isinstance(trouble, StoreTrouble)
    return trouble


@pytest.mark.parametrize(
    ("status", "word", "code", "is_worth_retrying"),
    [
        (403, "AccessDenied", TroubleCode.REFUSED, False),
        (403, "SignatureDoesNotMatch", TroubleCode.REFUSED, False),
        (403, "RequestTimeTooSkewed", TroubleCode.CLOCK, True),
        (400, "ExpiredToken", TroubleCode.EXPIRED, False),
        (404, "NoSuchBucket", TroubleCode.NO_BUCKET, False),
        (404, "NoSuchUpload", TroubleCode.GONE, False),
        (404, "404", TroubleCode.GONE, False),
        (301, "PermanentRedirect", TroubleCode.MOVED, False),
        (412, "PreconditionFailed", TroubleCode.CHANGED, False),
        (400, "BadDigest", TroubleCode.DAMAGED, True),
        (400, "XAmzContentSHA256Mismatch", TroubleCode.DAMAGED, True),
        (503, "SlowDown", TroubleCode.SLOW_DOWN, True),
        (429, "", TroubleCode.SLOW_DOWN, True),
        (400, "RequestTimeout", TroubleCode.UNREACHABLE, True),
        (408, "", TroubleCode.UNREACHABLE, True),
        (425, "", TroubleCode.UNREACHABLE, True),
        (507, "XMinioStorageFull", TroubleCode.FULL, True),
        (501, "NotImplemented", TroubleCode.UNSUPPORTED, False),
        (400, "InvalidArgument", TroubleCode.INVALID, False),
        (418, "Teapot", TroubleCode.INVALID, False),
        (500, "InternalError", TroubleCode.UNKNOWN, True),
        (502, "", TroubleCode.UNKNOWN, True),
    ],
)
def test_what_stores_say_becomes_a_code(
    status: int, word: str, code: TroubleCode, is_worth_retrying: bool
) -> None:
    trouble = translated(said(status, word))
    assert trouble.kind is code
    assert trouble.is_worth_retrying == is_worth_retrying


def test_a_bucket_in_another_region_is_said_with_the_region() -> None:
    trouble = translated(said(301, "PermanentRedirect", x_amz_bucket_region="eu-west-3"))
    assert "eu-west-3" in trouble.hint
    assert "<b>" not in translated(said(301, "PermanentRedirect", x_amz_bucket_region="<b>x</b>")).hint


def test_a_200_that_asks_to_slow_down_says_nothing_about_what_was_done() -> None:
    # botocore makes a 500 of an error in an answer of 200; a real 503 has not begun.
    assert translated(said(500, "SlowDown"), changes=True).kind is TroubleCode.UNKNOWN
    assert translated(said(503, "SlowDown"), changes=True).kind is TroubleCode.SLOW_DOWN


def test_a_store_without_room_has_done_nothing_if_it_says_so_at_once() -> None:
    assert translated(said(507, "XMinioStorageFull"), changes=True).kind is TroubleCode.FULL
    assert translated(said(500, "XMinioStorageFull"), changes=True).kind is TroubleCode.UNKNOWN


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        ("7", 7.0),
        ("999999", 3600.0),
        ("-5", None),
        ("²", None),
        ("soon", None),
        ("Thu, 01 Jan 2026 00:00:00 GMT", 0.0),
    ],
)
def test_a_store_that_names_a_wait_is_heard_within_reason(header: str, wait_s: float | None) -> None:
    assert translated(said(503, "SlowDown", retry_after=header)).retry_after_s == wait_s


def test_an_answer_that_is_lost_is_unknown_only_if_doing_it_again_matters() -> None:
    lost = boto.ReadTimeoutError(endpoint_url="https://s3.example.com")
    assert translated(lost).kind is TroubleCode.UNREACHABLE
    assert translated(lost, changes=True).kind is TroubleCode.UNKNOWN
    never_sent = boto.ConnectTimeoutError(endpoint_url="https://s3.example.com")
    assert translated(never_sent, changes=True).kind is TroubleCode.UNREACHABLE


def test_what_is_ours_already_stays() -> None:
    fault = SystemFault("The disk is gone.")
    assert s3_errors.trouble_of(fault, asked="op", changes=True) is fault


def test_what_a_store_says_is_shown_in_one_short_line() -> None:
    trouble = translated(said(400, "Long\nline\x1b[31m" * 100))
    assert "\n" not in trouble.detail
    assert "\x1b" not in trouble.detail
    assert len(trouble.detail) <= 300


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, TroubleCode.FULL),
        (errno.EACCES, TroubleCode.REFUSED),
        (errno.EROFS, TroubleCode.REFUSED),
        (errno.ENOENT, TroubleCode.AWAY),
        (errno.ESTALE, TroubleCode.AWAY),
        (errno.EFBIG, TroubleCode.INVALID),
        (errno.EIO, TroubleCode.UNKNOWN),
    ],
)
def test_what_a_disk_says_becomes_a_code(number: int, code: TroubleCode) -> None:
    trouble = folder_errors.trouble_of(OSError(number, os.strerror(number)))
    assert trouble.kind is code
    assert trouble.hint
