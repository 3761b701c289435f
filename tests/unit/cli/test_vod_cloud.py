"""What ``powerstream vod upload|evict|download|sync`` and ``ctl cloud`` make of the service's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from powerstream_desktop.cli import ctl_cloud, vod_cloud, vod_verify
from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.cloud import (
    CloudQuestion,
    CloudServer,
    CloudStanding,
    CredentialsWish,
    LoginWish,
    RefusedReplay,
    ServerTrial,
    Sync,
    Trial,
    TrialStep,
    Trouble,
)

SECRET, FURTHER = "made-up-secret-5521", "made-up-further-7713"
HOST = "https://replays.example.com"
TROUBLE = Trouble(code="copy-not-good", sentence="The copy is not there.", remedy="The file stays.")
REFUSED = RefusedReplay(asset_id="as2", title="Evening", trouble=TROUBLE)


def replay(
    state: str,
    *,
    has_file: bool = True,
    trouble: Trouble | None = None,
    wanted: str | None = None,
    verified_at: datetime | None = None,
) -> Asset:
    return Asset(
        words={"id": "as1"},
        id="as1",
        title="Evening",
        status="ready",
        has_file=has_file,
        sync=Sync(state=state, trouble=trouble, wanted=wanted, verified_at=verified_at),
    )


@dataclass
class FakeService:
    """Answers with the next of the replays that it was given; the last one stays."""

    replays: list[Asset]
    standing: CloudStanding = field(
        default_factory=lambda: CloudStanding(words={"ok": True}, state="idle", synced=2, cloud_only=3)
    )
    later: list[CloudStanding] = field(default_factory=list)
    """What it says of how the cloud stands before it comes to ``standing``."""
    server_trial: ServerTrial = field(default_factory=lambda: ServerTrial(words={"ok": True}, is_good=True))
    asked: list[tuple[str, object]] = field(default_factory=list)
    is_good: bool = True

    @property
    def cloud(self) -> SimpleNamespace:
        def ask(what: str) -> object:
            return lambda asset_id: self.asked.append((what, asset_id))

        return SimpleNamespace(
            upload=ask("upload"), cancel=ask("cancel"), evict=ask("evict"), download=ask("download"),
            cancel_evict=ask("cancel evict"), cancel_download=ask("cancel download"),
            standing=self._standing, sync=self._sync, test=self._test, keep_credentials=self._keep,
            verify=lambda asset_id, full: self.asked.append(("verify fully" if full else "verify", asset_id)),
            log_in=self._log_in, log_out=lambda: self._log_in(None), try_server=lambda: self.server_trial,
        )  # fmt: skip

    @property
    def library(self) -> SimpleNamespace:
        return SimpleNamespace(
            get=lambda _: self.replays[0] if len(self.replays) == 1 else self.replays.pop(0)
        )

    def _standing(self) -> CloudStanding:
        return self.later.pop(0) if self.later else self.standing

    def _sync(self, *, confirm: bool) -> CloudStanding:
        self.asked.append(("sync", confirm))
        return self._standing()

    def _log_in(self, tokens: LoginWish | None) -> CloudStanding:
        both = () if tokens is None else (tokens.access_token, tokens.refresh_token)
        self.asked.append(("log in", tuple(None if each is None else each.reveal() for each in both)))
        return self.standing

    def _test(self, store: object) -> Trial:
        step = TrialStep(name="list", is_good=self.is_good, sentence="" if self.is_good else "It may not.")
        self.asked.append(("test", store))
        return Trial(words={"ok": True}, is_good=self.is_good, steps=(step,))

    def _keep(self, wish: CredentialsWish) -> CloudStanding:
        token = wish.session_token
        secrets = (wish.secret_access_key.reveal(), None if token is None else token.reveal())
        self.asked.append((wish.access_key_id, secrets))
        return self.standing


def run(monkeypatch: pytest.MonkeyPatch, service: FakeService, *words: str, given: str = "") -> Result:
    @contextmanager
    def found() -> Iterator[FakeService]:
        yield service

    for module in (vod_cloud, vod_verify, ctl_cloud):
        monkeypatch.setattr(module, "service", found)
    for module in (vod_cloud, vod_verify):
        monkeypatch.setattr(module, "LOOK_EVERY_S", 0.0)
    of_vod = {**vod_cloud.COMMANDS, **vod_verify.COMMANDS}
    command = ctl_cloud.cloud if words[0] in ctl_cloud.cloud.commands else of_vod[words[0]]
    rest = words if command is ctl_cloud.cloud else words[1:]
    return CliRunner().invoke(command, list(rest), input=given)


def test_an_upload_that_is_waited_for_is_told_when_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([replay("waiting"), replay("failed", trouble=TROUBLE), replay("synced")])
    ended = run(monkeypatch, service, "upload", "as1", "--wait")
    assert (ended.exit_code, ended.output) == (0, "Evening: synced\n")
    assert service.asked == [("upload", "as1")]


def test_an_upload_that_somebody_cancels_meanwhile_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([replay("waiting"), replay("local")])
    ended = run(monkeypatch, service, "upload", "as1", "--wait")
    assert (ended.exit_code, ended.output) == (1, "Evening: local\n")


def test_an_upload_that_is_not_wanted_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([replay("cancelling")])
    ended = run(monkeypatch, service, "upload", "as1", "--cancel", "--json")
    assert json.loads(ended.output) == {"ok": True, "assets": [{"id": "as1"}]}
    assert service.asked == [("cancel", "as1")]


def test_a_file_that_stays_is_said_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = run(monkeypatch, FakeService([replay("synced", trouble=TROUBLE)]), "evict", "as1", "--wait")
    assert ended.exit_code == 1
    assert "The copy is not there. The file stays." in ended.output
    gone = run(monkeypatch, FakeService([replay("evicted", has_file=False)]), "evict", "as1", "--wait")
    assert (gone.exit_code, gone.output) == (0, "Evening: evicted\n")


def test_a_download_is_waited_for_until_the_file_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([replay("evicted", has_file=False, wanted="download"), replay("synced")])
    assert run(monkeypatch, service, "download", "as1", "--wait").exit_code == 0
    failed = FakeService([replay("evicted", has_file=False, trouble=TROUBLE)])
    assert run(monkeypatch, failed, "download", "as1", "--wait").exit_code == 1


def test_whoever_waits_is_told_that_somebody_has_cancelled_it_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for command, before, after in (
        ("download", replay("evicted", has_file=False, wanted="download"), replay("evicted", has_file=False)),
        ("evict", replay("synced", wanted="evict"), replay("synced")),
    ):
        ended = run(monkeypatch, FakeService([before, after]), command, "as1", "--wait")
        assert ended.exit_code == 1
        assert "Evening: it was cancelled meanwhile." in ended.output


def test_who_thinks_better_of_it_cancels_it(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([replay("synced")])
    for command in ("evict", "download"):
        ended = run(monkeypatch, service, command, "as1", "--cancel", "--wait")
        assert (ended.exit_code, ended.output) == (0, "Evening: synced\n")
    assert service.asked == [("cancel evict", "as1"), ("cancel download", "as1")]


def _stands(state: str = "idle", **fields: Any) -> CloudStanding:
    return CloudStanding(words={"ok": True}, state=state, **fields)


def test_a_comparison_is_waited_for_until_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    done = _stands(synced=2, cloud_only=4, synced_at=datetime(2026, 5, 4, tzinfo=UTC))
    goes_on = _stands(synced=2, cloud_only=3, is_comparing=True)
    service = FakeService([], standing=done, later=[_stands(), goes_on, goes_on])
    ended = run(monkeypatch, service, "sync")
    assert (ended.exit_code, ended.output) == (0, "2 here and in the cloud, 4 in the cloud only.\n")
    service = FakeService([], standing=done, later=[_stands(), goes_on])
    ended = run(monkeypatch, service, "sync", "--no-wait")
    assert (ended.exit_code, ended.output) == (0, "2 here and in the cloud, 3 in the cloud only.\n")


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (_stands("trouble", trouble=TROUBLE), "The copy is not there. The file stays."),
        (_stands("off"), "no store was chosen"),
        (_stands("on-air"), "a broadcast needs the network"),
        (_stands("paused"), "tried again by itself"),
    ],
)
def test_a_comparison_that_comes_to_nothing_is_a_failure_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, standing: CloudStanding, says: str
) -> None:
    ended = run(monkeypatch, FakeService([], standing=standing), "sync")
    assert ended.exit_code == 1
    assert says in ended.output
    as_json = run(monkeypatch, FakeService([], standing=standing), "sync", "--json")
    assert (as_json.exit_code, json.loads(as_json.stdout)) == (1, {"ok": True})


def test_what_is_asked_about_is_said_until_somebody_says_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    question = CloudQuestion(code="emptyStore", sentence="Is it another one?", count=4)
    asking = _stands(questions=(question,))
    service = FakeService([], standing=asking)
    ended = run(monkeypatch, service, "sync")
    assert "Is it another one? (4) Say yes with --yes." in ended.output
    assert ended.exit_code == 1
    done = _stands(synced_at=datetime(2026, 5, 4, tzinfo=UTC))
    service = FakeService([], standing=done, later=[asking, replace(asking, is_comparing=True)])
    ended = run(monkeypatch, service, "sync", "--yes")
    assert (ended.exit_code, "Is it another one?" in ended.output) == (0, False)
    assert service.asked == [("sync", True)]


def test_a_store_that_is_not_good_ends_in_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, FakeService([]), "test").exit_code == 0
    ended = run(monkeypatch, FakeService([], is_good=False), "test")
    assert (ended.exit_code, ended.output) == (1, "✖ list It may not.\n")


def test_a_server_that_was_chosen_is_tried_out_with_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = CloudStanding(words={"ok": True}, state="idle", server=CloudServer(address=HOST))
    ended = run(monkeypatch, FakeService([], standing=standing), "test")
    assert (ended.exit_code, ended.output) == (0, "● list\n● server\n")
    refused = ServerTrial(words={"ok": True, "isGood": False}, is_good=False, trouble=TROUBLE)
    ended = run(monkeypatch, FakeService([], standing=standing, server_trial=refused), "test")
    assert (ended.exit_code, ended.output) == (
        1,
        "● list\n✖ server The copy is not there. The file stays.\n",
    )
    ended = run(monkeypatch, FakeService([], standing=standing, server_trial=refused), "test", "--json")
    assert json.loads(ended.output)["server"] == refused.words


def test_a_secret_is_read_from_stdin_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([])
    ended = run(monkeypatch, service, "credentials", "id", "--secret-file", "-", given=f"{SECRET}\n")
    assert (ended.exit_code, service.asked) == (0, [("id", (SECRET, None))])
    assert SECRET not in ended.output
    assert "The cloud is idle." in ended.output


def test_a_token_of_the_server_is_read_from_stdin_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([])
    ended = run(monkeypatch, service, "login", "--token-file", "-", given=f"{SECRET}\n")
    assert (ended.exit_code, SECRET in ended.output) == (0, False)
    assert run(monkeypatch, service, "login", "--forget").exit_code == 0
    assert service.asked == [("log in", (SECRET, None)), ("log in", ())]


def test_a_second_line_is_the_refresh_token_or_the_session_token(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([])
    given = f"{SECRET}\n{FURTHER}\n"
    ended = [
        run(monkeypatch, service, "login", "--token-file", "-", given=given),
        run(monkeypatch, service, "credentials", "id", "--temporary", "--secret-file", "-", given=given),
    ]
    assert service.asked == [("log in", (SECRET, FURTHER)), ("id", (SECRET, FURTHER))]
    assert [(each.exit_code, SECRET in each.output, FURTHER in each.output) for each in ended] == [
        (0, False, False)
    ] * 2


@pytest.mark.parametrize("given", ["", "\n", f"{SECRET}\n\n{FURTHER}", f"{SECRET}\n{FURTHER}\nmore"])
def test_what_holds_no_token_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    service = FakeService([])
    ended = run(monkeypatch, service, "login", "--token-file", "-", given=given)
    assert ended.exit_code != 0
    assert service.asked == []
    assert SECRET not in f"{ended.output}{ended.exception}"


def test_a_temporary_key_needs_its_session_token(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([])
    words = ("credentials", "id", "--temporary", "--secret-file", "-")
    assert run(monkeypatch, service, *words, given=f"{SECRET}\n").exit_code != 0
    assert service.asked == []


@pytest.mark.parametrize(
    ("server", "says"),
    [
        (CloudServer(address=HOST), f"The PowerStream server at {HOST} was not asked yet."),
        (
            CloudServer(address=HOST, compared_at=datetime(2026, 5, 4, tzinfo=UTC)),
            f"The PowerStream server at {HOST} knows all.",
        ),
        (CloudServer(address=HOST, untold=2), f"2 to tell to the PowerStream server at {HOST}."),
        (CloudServer(address=HOST, trouble=TROUBLE), f"▲ {HOST}: The copy is not there. The file stays."),
        (
            CloudServer(address=HOST, refused_count=3, refused=(REFUSED,)),
            "▲ Evening: The copy is not there. The file stays.\n▲ ... and 2 more that it does not take.",
        ),
    ],
)
def test_how_it_stands_with_the_server_is_told(
    monkeypatch: pytest.MonkeyPatch, server: CloudServer, says: str
) -> None:
    standing = CloudStanding(words={"ok": True}, state="idle", server=server)
    assert says in run(monkeypatch, FakeService([], standing=standing), "status").output


@pytest.mark.parametrize(
    ("words", "asked", "says"),
    [
        ((), "verify", "some of its bytes are right"),
        (("--full",), "verify fully", "all of its bytes are right"),
    ],
)
def test_a_copy_that_is_looked_at_is_waited_for_and_told(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], asked: str, says: str
) -> None:
    waits, goes_on = replay("synced", wanted="verify"), replay("verifying", wanted="verify")
    seen = replay("synced", verified_at=datetime(2026, 5, 4, tzinfo=UTC))
    service = FakeService([replay("synced"), waits, goes_on, seen, replay("synced", trouble=TROUBLE)])
    found = run(monkeypatch, service, "verify", "as1", "--cloud", *words)
    assert (found.exit_code, service.asked) == (0, [(asked, "as1")])
    assert says in found.output
    assert "Evening" in found.output


def test_a_copy_that_is_not_good_is_a_failure_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService(
        [replay("synced"), replay("synced", wanted="verify"), replay("synced", trouble=TROUBLE)]
    )
    found = run(monkeypatch, service, "verify", "as1", "--cloud")
    assert found.exit_code == 1
    assert "The copy is not there. The file stays." in found.output
    as_json = run(monkeypatch, service, "verify", "as1", "--cloud", "--json")
    assert json.loads(as_json.stdout) == {"ok": False, "asset": {"id": "as1"}}


def test_a_look_that_somebody_cancels_meanwhile_is_not_said_to_be_a_good_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = replay("synced", verified_at=datetime(2026, 5, 4, tzinfo=UTC))
    service = FakeService([seen, replay("synced", wanted="verify"), seen])
    found = run(monkeypatch, service, "verify", "as1", "--cloud")
    assert found.exit_code == 1
    assert "cancelled" in found.output


def test_how_thoroughly_is_asked_of_copies_only(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService([replay("synced")])
    assert run(monkeypatch, service, "verify", "as1", "--full").exit_code == 2
    assert service.asked == []
