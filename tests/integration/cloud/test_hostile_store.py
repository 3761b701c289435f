"""One call at a time to a store that misbehaves: what it becomes, that nothing is sent twice, and that nothing hangs."""

from __future__ import annotations

import contextlib
import itertools
import random
import socket
import ssl
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme

from powerstream_desktop.cloud.object_store.link_check import read_link
from powerstream_desktop.cloud.object_store.probe import probe_store
from powerstream_desktop.cloud.object_store.s3_connection import NOT_SENT_LOW_WATER_BYTES
from powerstream_desktop.cloud.object_store.s3_store import S3Store
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import (
    EVERYTHING,
    StoreCapabilities,
)
from tests.integration.cloud.hostile_store import (
    RETRY_AFTER_S,
    Fault,
    HostileStore,
    running,
)
from tests.integration.cloud.hostile_talk import FILM, KEY, begun, opened_store, send, trouble_of
from tests.integration.cloud.store_servers import CREDENTIALS

ALL_BUT_CHECKSUMS = replace(EVERYTHING, part_checksums=False)


# --- the end of an upload (V03) -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "is_done"),
    [
        (Fault.ERROR_IN_200, False),
        (Fault.FAILS_AFTER, True),
        (Fault.FAILS_BEFORE, False),
        (Fault.ANSWER_LOST, True),
        (Fault.ANSWER_STALLS, True),
        (Fault.CUT, False),
        (Fault.STALL, False),
        (Fault.CONFLICT, False),
        (Fault.GARBAGE, False),
    ],
)
def test_an_end_that_is_not_confirmed_is_unknown_and_asked_for_once(
    hostile: HostileStore, opened: S3Store, fault: Fault, is_done: bool
) -> None:
    upload_id = begun(opened)
    receipt = send(opened, upload_id)
    hostile.script("complete", fault)
    trouble = trouble_of(lambda: opened.complete(KEY, upload_id, [receipt], only_if_absent=True))
    assert trouble.kind is TroubleCode.UNKNOWN
    assert hostile.asked("complete") == 1
    assert (opened.head(KEY) is not None) == is_done


@pytest.mark.parametrize("fault", [Fault.FAILS_AFTER, Fault.ANSWER_LOST])
def test_a_small_object_whose_answer_is_lost_may_be_there(
    hostile: HostileStore, opened: S3Store, fault: Fault
) -> None:
    hostile.script("put_object", fault)
    trouble = trouble_of(lambda: opened.put("s/a.json", b"{}", content_type="x", if_absent=True))
    assert trouble.kind is TroubleCode.UNKNOWN
    assert hostile.asked("put_object") == 1
    assert opened.head("s/a.json") is not None


# --- parts (V05, V11) -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "capabilities",
    [replace(EVERYTHING, etag_is_md5=False), ALL_BUT_CHECKSUMS],
    ids=["by its checksum", "by its ETag"],
)
def test_a_part_of_which_the_store_kept_half_is_noticed(capabilities: StoreCapabilities) -> None:
    with (
        running(HostileStore(capabilities=capabilities)) as hostile,
        opened_store(hostile, capabilities=capabilities) as store,
    ):
        upload_id = begun(store)
        hostile.script("upload_part", Fault.TRUNCATES)
        assert trouble_of(lambda: send(store, upload_id)).kind is TroubleCode.DAMAGED
        assert send(store, upload_id).number == 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.CUT, TroubleCode.UNREACHABLE),
        (Fault.ANSWER_LOST, TroubleCode.UNREACHABLE),
        (Fault.STALL, TroubleCode.UNREACHABLE),
        (Fault.SLOW_DOWN, TroubleCode.SLOW_DOWN),
        (Fault.FAILS_AFTER, TroubleCode.UNKNOWN),
        (Fault.FAILS_BEFORE, TroubleCode.UNKNOWN),
    ],
)
def test_a_part_that_fails_is_for_its_owner_to_send_again(
    hostile: HostileStore, opened: S3Store, fault: Fault, code: TroubleCode
) -> None:
    upload_id = begun(opened)
    hostile.script("upload_part", fault)
    trouble = trouble_of(lambda: send(opened, upload_id))
    assert trouble.kind is code
    assert trouble.is_worth_retrying
    assert trouble.retry_after_s == (RETRY_AFTER_S if fault is Fault.SLOW_DOWN else None)
    assert hostile.asked("upload_part") == 1
    opened.complete(KEY, upload_id, [send(opened, upload_id)], only_if_absent=True)
    assert b"".join(opened.read(KEY)) == FILM


def test_a_store_that_fails_at_every_third_call_gets_every_part_in_the_end(
    hostile: HostileStore, opened: S3Store
) -> None:
    chance = random.Random(11)
    faults = (Fault.SLOW_DOWN, Fault.CUT, Fault.ANSWER_LOST, Fault.FAILS_AFTER, Fault.TRUNCATES)
    upload_id = begun(opened)
    receipts = []
    troubles = []
    for number in range(1, 41):
        data = f"part {number} ".encode() * 500
        for _ in itertools.count():
            if chance.random() < 0.4:
                hostile.script("upload_part", chance.choice(faults))
            try:
                receipts.append(send(opened, upload_id, number, data))
            except StoreTrouble as trouble:
                troubles.append(trouble)
            else:
                break
    assert all(trouble.is_worth_retrying for trouble in troubles)
    assert hostile.asked("upload_part") > 50
    assert [part.receipt().etag for part in opened.parts(KEY, upload_id)] == [each.etag for each in receipts]
    opened.complete(KEY, upload_id, receipts, only_if_absent=True)
    expected = b"".join(f"part {number} ".encode() * 500 for number in range(1, 41))
    assert b"".join(opened.read(KEY)) == expected


# --- the clock (V12) ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead_s", [-3600.0, 3600.0, 315_360_000.0])
def test_a_wrong_clock_is_corrected_by_the_stores(ahead_s: float) -> None:
    with running(HostileStore(ahead_s=ahead_s)) as hostile, opened_store(hostile) as store:
        upload_id = begun(store)
        assert abs(store.clock_offset_s - ahead_s) < 5
        send(store, upload_id)
        assert hostile.asked("create") == 2  # refused once, signed anew
        assert hostile.asked("upload_part") == 1
        store.put("s/a", FILM, content_type="x")
        assert read_link(store.link("s/a", for_s=60), len(FILM)) == FILM


def test_a_refusal_that_does_not_say_that_it_is_for_the_clock_is_signed_anew_too() -> None:
    with running(HostileStore(ahead_s=-7200)) as hostile, opened_store(hostile) as store:
        assert store.head("s/a") is None
        assert hostile.asked("head_object") == 2
        hostile.ahead_s = 7200.0  # it refuses, and tells the time as before
        assert trouble_of(lambda: store.head("s/a")).kind is TroubleCode.REFUSED
        assert hostile.asked("head_object") == 3


def test_a_clock_that_jumps_during_an_upload_costs_one_request(hostile: HostileStore) -> None:
    jump_s = 0.0
    with opened_store(hostile, wall=lambda: time.time() + jump_s) as store:
        upload_id = begun(store)
        send(store, upload_id, 1)
        for jump_s in (7200.0, -7200.0):
            assert send(store, upload_id, 2).number == 2
            assert abs(store.clock_offset_s + jump_s) < 5
        assert hostile.asked("upload_part") == 5


def test_a_store_that_insists_on_another_time_than_it_tells_is_not_asked_for_ever() -> None:
    with running(HostileStore(ahead_s=7200)) as hostile, opened_store(hostile) as store:
        hostile.told_ahead_s = 0.0
        trouble = trouble_of(lambda: begun(store))
        assert trouble.kind is TroubleCode.CLOCK
        assert "clock" in trouble.title
        assert hostile.asked("create") == 1


def test_credentials_that_expire_on_the_way_are_said_so(hostile: HostileStore, opened: S3Store) -> None:
    upload_id = begun(opened)
    hostile.script("upload_part", Fault.EXPIRED)
    trouble = trouble_of(lambda: send(opened, upload_id))
    assert trouble.kind is TroubleCode.EXPIRED
    assert not trouble.is_worth_retrying


# --- other hosts (V13) ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ["create", "upload_part", "put_object", "get_object", "list"])
def test_nothing_goes_to_another_host(hostile: HostileStore, opened: S3Store, operation: str) -> None:
    upload_id = begun(opened)
    opened.put("s/a", b"x", content_type="x")
    calls: dict[str, Callable[[], object]] = {
        "create": lambda: begun(opened),
        "upload_part": lambda: send(opened, upload_id),
        "put_object": lambda: opened.put("s/b", b"x", content_type="x"),
        "get_object": lambda: list(opened.read("s/a")),
        "list": lambda: list(opened.list("s/")),
    }
    with running(HostileStore()) as other:
        hostile.elsewhere = other.url
        hostile.script(operation, Fault.REDIRECT)
        assert trouble_of(calls[operation]).kind is TroubleCode.MOVED
        assert other.requests == []


def test_a_link_that_leads_to_another_host_is_not_followed(hostile: HostileStore, opened: S3Store) -> None:
    opened.put("s/a", b"x", content_type="x")
    with running(HostileStore()) as other:
        hostile.elsewhere = other.url
        hostile.script("get_object", Fault.REDIRECT)
        assert trouble_of(lambda: read_link(opened.link("s/a", for_s=60), 10)).kind is TroubleCode.MOVED
        assert other.requests == []


def test_a_link_holds_as_long_as_was_asked_and_no_secret(opened: S3Store) -> None:
    link = opened.link("s/a b.mp4", for_s=123)
    query = parse_qs(urlsplit(link).query)
    assert query["X-Amz-Expires"] == ["123"]
    assert urlsplit(link).path.endswith("/s/a%20b.mp4")
    assert CREDENTIALS.secret.reveal() not in link


def test_only_the_credentials_that_were_given_are_used(
    hostile: HostileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = "http://127.0.0.1:9"
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.setenv(name, nowhere)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDOFSOMEBODY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "a-token-of-somebody")
    monkeypatch.setenv("AWS_PROFILE", "a-profile-that-does-not-exist")
    monkeypatch.setenv("AWS_REGION", "eu-west-9")
    with opened_store(hostile) as store:
        store.put("s/a", b"x", content_type="x")
    (request,) = hostile.requests
    assert f"Credential={CREDENTIALS.access_key_id}/" in request.headers["Authorization"]
    assert "/us-east-1/s3/" in request.headers["Authorization"]
    assert "x-amz-security-token" not in {name.lower() for name in request.headers}


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with running(HostileStore(), tls) as hostile, opened_store(hostile) as store:
        trouble = trouble_of(lambda: store.put("s/a", b"x", content_type="x"))
        assert trouble.kind is TroubleCode.TLS
        assert hostile.requests == []


def test_a_store_that_is_not_there_is_said_to_be_out_of_reach(hostile: HostileStore) -> None:
    config = hostile.config(endpoint_url="http://127.0.0.1:9")
    with contextlib.closing(S3Store(config, CREDENTIALS)) as store:
        trouble = trouble_of(lambda: store.put("s/a", b"x", content_type="x"))
        assert trouble.kind is TroubleCode.UNREACHABLE
        config = hostile.config(endpoint_url="http://store.invalid")
    with contextlib.closing(S3Store(config, CREDENTIALS)) as store:
        assert trouble_of(lambda: store.head("s/a")).kind is TroubleCode.UNREACHABLE


# --- poor stores (V10) ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lacks", "advice"),
    [
        ({"part_checksums": False}, 0),
        ({"part_checksums": False, "etag_is_md5": False, "checks_bodies": False}, 1),
        ({"etag_is_md5": False}, 0),
        ({"keeps_metadata": False}, 0),
        ({"conditional_put": False, "conditional_replace": False, "conditional_complete": False}, 1),
    ],
    ids=["no checksums", "checks nothing", "other ETags", "strips metadata", "no conditions"],
)
def test_what_a_store_lacks_is_found_and_it_is_used_without(lacks: dict[str, bool], advice: int) -> None:
    poor = replace(EVERYTHING, **lacks)
    with running(HostileStore(capabilities=poor)) as hostile, opened_store(hostile) as store:
        report = probe_store(store, "s/")
        assert report.capabilities == poor
        assert len(report.advice) == advice
        upload_id = begun(store)
        store.complete(KEY, upload_id, [send(store, upload_id)], only_if_absent=True)
        assert b"".join(store.read(KEY)) == FILM
        upload_id = begun(store)
        receipt = send(store, upload_id)
        trouble = trouble_of(lambda: store.complete(KEY, upload_id, [receipt], only_if_absent=True))
        assert trouble.kind is TroubleCode.EXISTS


def test_a_store_without_ranges_is_found(hostile: HostileStore, opened: S3Store) -> None:
    hostile.script("get_object", Fault.IGNORES_RANGE, Fault.IGNORES_RANGE)
    report = probe_store(opened, "s/")
    assert report.capabilities == replace(EVERYTHING, reads_ranges=False)


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="other systems have no such option")
def test_a_connection_takes_little_that_it_cannot_send_so_that_a_closed_gate_is_felt_at_once(
    opened: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int, int]] = []

    class Noted(socket.socket):
        def setsockopt(self, *option: Any) -> None:
            asked.append(option)
            super().setsockopt(*option)

    monkeypatch.setattr(socket, "socket", Noted)
    begun(opened)
    option = 25 if sys.platform == "linux" else 0x201
    assert (socket.IPPROTO_TCP, option, NOT_SENT_LOW_WATER_BYTES) in asked
