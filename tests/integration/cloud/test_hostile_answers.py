"""Lists, ranges and answers that do not end, make no sense or are cut: none of them is believed."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from powerstream_desktop.cloud.object_store.s3_connection import MAX_ANSWER_BYTES
from powerstream_desktop.cloud.object_store.s3_store import S3Store
from powerstream_desktop.cloud.object_store.store_troubles import TroubleCode
from tests.integration.cloud.hostile_store import (
    Fault,
    HostileStore,
    listed_row,
)
from tests.integration.cloud.hostile_talk import FILM, KEY, begun, trouble_of


def test_an_answer_that_ends_early_is_no_object(hostile: HostileStore, opened: S3Store) -> None:
    opened.put("s/a", FILM, content_type="x")
    hostile.script("get_object", Fault.HALF_ANSWER)
    trouble = trouble_of(lambda: list(opened.read("s/a")))
    assert trouble.kind in (TroubleCode.DAMAGED, TroubleCode.UNREACHABLE)
    assert trouble.is_worth_retrying


def test_a_range_that_is_ignored_is_not_taken_for_one(hostile: HostileStore, opened: S3Store) -> None:
    opened.put("s/a", FILM, content_type="x")
    hostile.script("get_object", Fault.IGNORES_RANGE)
    trouble = trouble_of(lambda: list(opened.read("s/a", first=5, size_bytes=3)))
    assert trouble.kind is TroubleCode.UNSUPPORTED


def test_where_ranges_are_ignored_the_beginning_is_read_all_the_same(
    hostile: HostileStore, opened: S3Store
) -> None:
    opened.put("s/a", FILM, content_type="x")
    for size_bytes in (3, len(FILM)):
        hostile.script("get_object", Fault.IGNORES_RANGE)
        assert b"".join(opened.read("s/a", size_bytes=size_bytes)) == FILM[:size_bytes]


@pytest.mark.parametrize("markers", ["1 2 1", "5 5", "10001", "-1"])
def test_a_list_of_parts_that_never_ends_is_ended(
    hostile: HostileStore, opened: S3Store, markers: str
) -> None:
    upload_id = begun(opened)
    told = iter(markers.split())
    hostile.part_listing = lambda: (
        f"<IsTruncated>true</IsTruncated><NextPartNumberMarker>{next(told)}</NextPartNumberMarker>"
    )
    assert trouble_of(lambda: opened.parts(KEY, upload_id)).kind is TroubleCode.UNKNOWN
    assert list(told) == []


def test_keys_that_nobody_asked_for_are_passed_over(hostile: HostileStore, opened: S3Store) -> None:
    keys = ["s/good", "elsewhere/x", "s/../../etc/passwd", "s/a//b", "s/" + "x" * 2000, "s/last"]
    rows = "".join(listed_row(key, 1) for key in keys)
    hostile.listing = lambda: f"<IsTruncated>false</IsTruncated>{rows}"
    assert [each.key for each in opened.list("s/")] == ["s/good", "s/last"]


@pytest.mark.parametrize("rows", ["", listed_row("s/a", 1)], ids=["empty", "the same"])
def test_a_listing_that_never_ends_is_ended(hostile: HostileStore, opened: S3Store, rows: str) -> None:
    tokens = itertools.count()
    hostile.listing = lambda: (
        f"<IsTruncated>true</IsTruncated>{rows}<NextContinuationToken>{next(tokens)}</NextContinuationToken>"
    )
    assert trouble_of(lambda: list(opened.list("s/"))).kind is TroubleCode.UNKNOWN
    assert hostile.asked("list") < 5


@pytest.mark.parametrize(
    "row", [listed_row("s/a", -1), "<Contents><Key>s/a</Key></Contents>", "<Contents><Key>", "&nonsense;"]
)
def test_a_listing_that_makes_no_sense_is_a_trouble(hostile: HostileStore, opened: S3Store, row: str) -> None:
    hostile.listing = lambda: f"<IsTruncated>false</IsTruncated>{row}"
    assert trouble_of(lambda: list(opened.list("s/"))).kind is TroubleCode.UNKNOWN


def test_an_answer_that_does_not_end_is_not_read_to_its_end(hostile: HostileStore, opened: S3Store) -> None:
    hostile.listing = lambda: " " * (MAX_ANSWER_BYTES + 1)
    trouble = trouble_of(lambda: list(opened.list("s/")))
    assert trouble.kind is TroubleCode.UNKNOWN
    assert "does not end" in trouble.detail
    hostile.listing = lambda: "<IsTruncated>false</IsTruncated>"
    assert list(opened.list("s/")) == []


@pytest.mark.parametrize("operation", ["list", "get_object"])
def test_an_answer_that_is_cut_is_worth_another_try(
    hostile: HostileStore, opened: S3Store, operation: str
) -> None:
    opened.put("s/a", FILM, content_type="x")
    calls: dict[str, Callable[[], object]] = {
        "list": lambda: list(opened.list("s/")),
        "get_object": lambda: list(opened.read("s/a")),
    }
    hostile.script(operation, Fault.HALF_ANSWER)
    assert trouble_of(calls[operation]).is_worth_retrying
    calls[operation]()


@pytest.mark.parametrize("operation", ["create", "list_parts", "list", "list_uploads"])
def test_a_hotels_sign_in_page_is_no_answer(hostile: HostileStore, opened: S3Store, operation: str) -> None:
    calls: dict[str, Callable[[], object]] = {
        "create": lambda: begun(opened),
        "list_parts": lambda: opened.parts(KEY, "upload-1"),
        "list": lambda: list(opened.list("s/")),
        "list_uploads": lambda: list(opened.pending("s/")),
    }
    hostile.script(operation, Fault.GARBAGE)
    assert trouble_of(calls[operation]).kind is TroubleCode.UNKNOWN
