"""Speaks with the PowerStream server about the replays of one account (reliability_security.md 4.5, 4.6).

Whatever is asked may be repeated, by anybody, after any crash, with the same result: the ids are ours, and a request carries a key that
is made of what it says. The server is told only of what is complete and verified (I3). Blocking; for any thread.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from powerstream_desktop.cloud.backend.account import Account
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.backend_wire import Sender, WireAnswer, WireRequest
from powerstream_desktop.cloud.backend.backend_words import (
    MAX_PAGE,
    BackendPage,
    BackendReplay,
    Registration,
    read_page,
    read_refreshed,
    read_replay,
    strange,
)
from powerstream_desktop.cloud.backend.texts import Agreement, LostWords, Texts, merge_texts, words_since
from powerstream_desktop.cloud.backend.token_keeper import TokenKeeper
from powerstream_desktop.cloud.backend.tokens import Tokens, is_token
from powerstream_desktop.cloud.uploads.invariants import assert_may_be_told
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.secrets import Secret

MAX_MERGES: Final = 5
MAX_PAGES: Final = 1000
_REPLAYS: Final = "/api/vod"
_REFRESH: Final = "/api/auth/refresh"
_UNAUTHORISED: Final = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of telling the server of a replay.

    Attributes:
        registration: what both sides say now.
        agreement: to be handed in the next time.
        lost: what somebody wrote there and was replaced.
    """

    registration: Registration
    agreement: Agreement
    lost: tuple[LostWords, ...]


class Backend:
    """One account's server.

    Args:
        account: whose; every request is for it, or comes to nothing (V34).
        sender: sends requests.
        keeper: of the tokens.
        sleep: waits.
        rng: source of randomness.
    """

    def __init__(
        self,
        account: Account,
        sender: Sender,
        keeper: TokenKeeper,
        *,
        sleep: Callable[[float], None] = time.sleep,
        rng: random.Random | None = None,
    ) -> None:
        self._account = account
        self._sender = sender
        self._keeper = keeper
        self._sleep = sleep
        self._rng = random.Random() if rng is None else rng

    def find(self, asset_id: str) -> BackendReplay | None:
        """Return what the server says of a replay; None if it knows none of this id.

        Raises:
            BackendTrouble: it does not answer, or not so.
        """
        answer = self._ask("GET", f"{_REPLAYS}/{asset_id}")
        return None if answer.status == 404 else _its(asset_id, _good(answer))

    def tell(self, registration: Registration, record: UploadRecord, agreed: Agreement | None) -> Told:
        """Have the server say of a replay what we say, with what was edited there since both last agreed.

        Args:
            registration: what we say.
            record: of its upload.
            agreed: when both sides last did; None if they never have.

        Raises:
            BugError: the upload was never verified, or is of another film (I3).
            BackendTrouble: OTHER_CONTENT if another film is there under this id, which stays; CHANGED if somebody edits it all the
                time; or it does not answer.
        """
        assert_may_be_told(record)
        if (record.asset_id, record.sha256) != (registration.asset_id, registration.sha256):
            raise BugError("A server was about to be told of another film than was uploaded.", detail="I3")
        lost: dict[str, LostWords] = {}
        for number in range(1, MAX_MERGES + 1):
            theirs = self.find(registration.asset_id)
            _require_same_film(registration, theirs)
            said = registration
            if theirs is not None:
                merged = merge_texts(agreed, Texts.of(registration), Texts.of(theirs))
                lost |= {each.field: each for each in merged.lost}
                said = replace(
                    registration,
                    title=merged.texts.title,
                    description=merged.texts.description,
                    station_id=merged.texts.station_id,
                )
            try:
                answered = self._put(said, theirs)
            except BackendTrouble as trouble:
                if trouble.kind is not BackendCode.CHANGED:
                    raise
                self._sleep(self._rng.uniform(0.0, 0.2 * 2**number))
                continue
            agreement = Agreement(ours=Texts.of(said), theirs=Texts.of(answered))
            return Told(registration=said, agreement=agreement, lost=tuple(lost.values()))
        raise BackendTrouble(BackendCode.CHANGED, detail=f"changed {MAX_MERGES} times in a row")

    def take_back(self, asset_id: str, sha256: str, agreed: Agreement) -> tuple[LostWords, ...]:
        """Have the server forget a replay that somebody has removed for everybody; harmless if it does not know it.

        Args:
            asset_id: which.
            sha256: of the film that it was told of; another one under this id stays.
            agreed: what both sides last said.

        Returns:
            What was written there since, and goes with it.

        Raises:
            BackendTrouble: CHANGED if somebody edits it all the time; or it does not answer.
        """
        for number in range(1, MAX_MERGES + 1):
            theirs = self.find(asset_id)
            if theirs is None or theirs.sha256 not in {None, sha256}:
                return ()
            if self._is_deleted(asset_id, theirs):
                return words_since(agreed, Texts.of(theirs))
            self._sleep(self._rng.uniform(0.0, 0.2 * 2**number))
        raise BackendTrouble(BackendCode.CHANGED, detail=f"changed {MAX_MERGES} times in a row")

    def look(self) -> None:
        """See whether it answers and lets us in; BackendTrouble if not."""
        read_page(_good(self._ask("GET", f"{_REPLAYS}?limit=1")).body)

    def pages(self, station_id: str | None = None) -> Iterator[BackendPage]:
        """List what the server has, page by page.

        Args:
            station_id: only this station's; None for all.

        Raises:
            BackendTrouble: it does not answer, or its list never ends.
        """
        asked = {"limit": str(MAX_PAGE)} | ({} if station_id is None else {"stationId": station_id})
        cursors: set[str] = set()
        for _ in range(MAX_PAGES):
            page = read_page(_good(self._ask("GET", f"{_REPLAYS}?{urlencode(asked)}")).body)
            yield page
            if page.next_cursor is None:
                return
            if page.next_cursor in cursors or not page.replays:
                break
            cursors.add(page.next_cursor)
            asked["cursor"] = page.next_cursor
        raise strange("its list does not end")

    # Inside.

    def _put(self, said: Registration, theirs: BackendReplay | None) -> BackendReplay:
        body = said.body()
        headers = {"Idempotency-Key": _key(self._account, said.asset_id, body)}
        if theirs is None:
            headers["If-None-Match"] = "*"
        elif theirs.revision is not None:
            headers["If-Match"] = f'"{theirs.revision}"'
        answer = self._ask("PUT", f"{_REPLAYS}/{said.asset_id}", headers=headers, body=body)
        if answer.status == 409:
            # Which film is there decides, not the word for it: a server may refuse for other reasons so.
            _require_same_film(said, self.find(said.asset_id))
            raise BackendTrouble(BackendCode.INVALID, detail=_why(answer))
        answered = _its(said.asset_id, _good(answer))
        _require_same_film(said, answered)
        return answered

    def _is_deleted(self, asset_id: str, theirs: BackendReplay) -> bool:
        """Delete what was seen; False if it is not that any more."""
        headers = {"Idempotency-Key": _key(self._account, asset_id, b"")}
        if theirs.revision is not None:
            headers["If-Match"] = f'"{theirs.revision}"'
        answer = self._ask("DELETE", f"{_REPLAYS}/{asset_id}", headers=headers)
        if answer.status == 412:
            return False
        if answer.status not in {202, 204, 404, 410}:
            _good(answer)
        return True

    def _ask(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> WireAnswer:
        token = self._keeper.token(self._account)
        answer = self._send(method, path, token, headers, body)
        if answer.status == _UNAUTHORISED:
            answer = self._send(method, path, self._keeper.refused(self._account, token), headers, body)
            if answer.status == _UNAUTHORISED:
                raise BackendTrouble(BackendCode.LOGGED_OUT, detail="a new token is refused as well")
        # An answer that came after somebody else has logged in is nobody's.
        self._keeper.required(self._account)
        return answer

    def _send(
        self, method: str, path: str, token: Secret, headers: dict[str, str] | None, body: bytes | None
    ) -> WireAnswer:
        answer = self._sender.send(
            WireRequest(
                method=method,
                url=f"{self._account.url}{path}",
                token=token,
                headers=headers or {},
                body=body,
            )
        )
        if answer.date_s is not None:
            self._keeper.saw_date(answer.date_s)
        return answer


def refreshing(sender: Sender) -> Callable[[Account, Secret], Tokens]:
    """Return what asks servers for a new pair of tokens, as ``TokenKeeper`` takes it."""

    def refresh(account: Account, token: Secret) -> Tokens:
        body = json.dumps({"refreshToken": token.reveal()}).encode()
        answer = sender.send(WireRequest(method="POST", url=f"{account.url}{_REFRESH}", body=body))
        if answer.status in {400, 401, 403, 404, 422}:
            raise BackendTrouble(BackendCode.LOGGED_OUT, detail=_why(answer))
        access, following = read_refreshed(_good(answer).body)
        if not all(is_token(each) for each in (access, following or access)):
            raise strange("its tokens are none")
        return Tokens(
            account=account,
            access=Secret(access),
            refresh=token if following is None else Secret(following),
        )

    return refresh


def _require_same_film(said: Registration, theirs: BackendReplay | None) -> None:
    if theirs is not None and theirs.sha256 is not None and theirs.sha256 != said.sha256:
        raise BackendTrouble(BackendCode.OTHER_CONTENT, detail=said.asset_id)


def _its(asset_id: str, answer: WireAnswer) -> BackendReplay:
    replay = read_replay(answer.body)
    if replay.asset_id != asset_id:
        raise strange("it tells of another replay")
    return replay


def _good(answer: WireAnswer) -> WireAnswer:
    """Return an answer that is one, or say why it is none."""
    if answer.status in {200, 201}:
        return answer
    code = _CODES.get(answer.status)
    if code is None:
        code = BackendCode.FAILED if answer.status >= 500 or answer.status == 408 else BackendCode.INVALID
    raise BackendTrouble(code, detail=_why(answer), retry_after_s=answer.retry_after_s)


_CODES: Final = {
    403: BackendCode.FORBIDDEN,
    404: BackendCode.GONE,
    412: BackendCode.CHANGED,
    421: BackendCode.OTHER_ADDRESS,
    425: BackendCode.SLOW_DOWN,
    429: BackendCode.SLOW_DOWN,
    503: BackendCode.SLOW_DOWN,
}


def _why(answer: WireAnswer) -> str:
    """Only the status: what a stranger's server writes is for no log of ours."""
    return f"status {answer.status}"


def _key(account: Account, asset_id: str, body: bytes) -> str:
    """Return what makes repeating a request harmless: the same for the same words, also after a crash."""
    return hashlib.sha256(b"\0".join((account.name.encode(), asset_id.encode(), body))).hexdigest()[:40]
