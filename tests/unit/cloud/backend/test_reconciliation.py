"""The daily look at three lists: only what adds is repaired, and a list that is rather wrong than the world repairs nothing."""

from __future__ import annotations

from dataclasses import replace

from powerstream_desktop.cloud.backend.reconciliation import Listed, Reconciliation, Row, reconcile
from powerstream_desktop.cloud.backend.texts import Texts

SHA256 = "ab" * 32
TEXTS = Texts(title="A show", description="", station_id=None)


def _row(number: int, *, has_file: bool = True) -> Row:
    return Row(
        asset_id=_id(number),
        sha256=SHA256,
        key=f"vod/{_id(number)}/film.mp4",
        has_file=has_file,
        agreed=TEXTS,
    )


def _listed(sha256: str | None = SHA256, title: str = "A show") -> Listed:
    return Listed(sha256=sha256, texts=replace(TEXTS, title=title))


def _id(number: int) -> str:
    return f"asset-{number:04}"


def _keys(*rows: Row) -> frozenset[str]:
    return frozenset(row.key for row in rows)


def test_lists_that_agree_leave_nothing_to_do() -> None:
    rows = [_row(number) for number in range(4)]
    assert reconcile({row.asset_id: _listed() for row in rows}, rows, _keys(*rows)) == Reconciliation()


def test_a_film_in_the_bucket_that_the_server_does_not_know_is_told() -> None:
    rows = [_row(1), _row(2)]
    assert reconcile({_id(1): _listed()}, rows, _keys(*rows)).to_tell == (_id(2),)


def test_a_server_that_knows_nothing_is_told_everything_and_nothing_else_happens() -> None:
    rows = [_row(number) for number in range(30)]
    assert reconcile({}, rows, _keys(*rows)) == Reconciliation(to_tell=tuple(row.asset_id for row in rows))


def test_a_replay_that_only_the_server_knows_is_only_reported() -> None:
    found = reconcile({_id(1): _listed(), _id(9): _listed(None)}, [_row(1)], _keys(_row(1)))
    assert found == Reconciliation(only_there=(_id(9),))


def test_another_film_at_the_server_is_only_reported() -> None:
    found = reconcile({_id(1): _listed("cd" * 32)}, [_row(1)], _keys(_row(1)))
    assert found == Reconciliation(other_content=(_id(1),))


def test_a_replay_whose_film_the_server_does_not_know_agrees() -> None:
    assert reconcile({_id(1): _listed(None)}, [_row(1)], _keys(_row(1))) == Reconciliation()


def test_a_film_that_is_missing_in_the_bucket_is_looked_at_if_its_file_is_here_and_told_to_nobody() -> None:
    rows = [*(_row(number) for number in range(10)), _row(10, has_file=False)]
    found = reconcile({row.asset_id: _listed() for row in rows[1:]}, rows, _keys(*rows[1:-1]))
    assert (found.to_look_at, found.missing, found.to_tell) == ((_id(0),), (_id(10),), ())


def test_a_bucket_that_lists_nothing_is_not_believed() -> None:
    rows = [_row(1)]
    found = reconcile({_id(1): _listed()}, rows, frozenset())
    assert found == Reconciliation(is_doubtful=True)


def test_a_bucket_that_lacks_much_at_once_is_not_believed() -> None:
    rows = [_row(number) for number in range(20)]
    found = reconcile({row.asset_id: _listed() for row in rows}, rows, _keys(*rows[6:]))
    assert found == Reconciliation(is_doubtful=True)
    few = reconcile({row.asset_id: _listed() for row in rows}, rows, _keys(*rows[5:]))
    assert (few.is_doubtful, len(few.to_look_at)) == (False, 5)


def test_a_fifth_of_many_may_be_missing() -> None:
    rows = [_row(number) for number in range(100)]
    assert not reconcile({}, rows, _keys(*rows[20:])).is_doubtful
    assert reconcile({}, rows, _keys(*rows[21:])).is_doubtful


def test_what_the_server_says_otherwise_than_when_both_agreed_is_told_again() -> None:
    rows = [_row(1), _row(2)]
    found = reconcile({_id(1): _listed(title="Edited there"), _id(2): _listed()}, rows, _keys(*rows))
    assert found == Reconciliation(to_tell=(_id(1),))


def test_what_was_never_agreed_or_is_said_otherwise_here_is_told_again() -> None:
    rows = [replace(_row(1), agreed=None), replace(_row(2), is_unsaid=True), _row(3)]
    found = reconcile({row.asset_id: _listed() for row in rows}, rows, _keys(*rows))
    assert found == Reconciliation(to_tell=(_id(1), _id(2)))


def test_what_others_have_brought_is_known_here() -> None:
    rows = [_row(1)]
    found = reconcile(
        {_id(1): _listed(), _id(8): _listed(), _id(9): _listed()},
        rows,
        _keys(*rows),
        known=frozenset({_id(8)}),
    )
    assert found == Reconciliation(only_there=(_id(9),))
