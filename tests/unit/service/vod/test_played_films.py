"""Who plays a film keeps its file, for as long as it says so."""

from __future__ import annotations

from powerstream_desktop.service.vod.played_films import LEASE_S, MAX_LEASES, PlayedFilms


class Clock:
    """Stands still until it is told otherwise."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_player_that_says_nothing_more_has_died() -> None:
    clock = Clock()
    films = PlayedFilms(clock)
    assert not films.is_played("one")
    films.play("one")
    clock.now_s += LEASE_S - 1
    assert films.is_played("one")
    films.play("one")
    clock.now_s += LEASE_S - 1
    assert films.is_played("one")
    clock.now_s += 2
    assert not films.is_played("one")


def test_a_player_that_leaves_keeps_nothing() -> None:
    films = PlayedFilms(Clock())
    films.play("one")
    films.play("two")
    films.leave("one")
    films.leave("one")
    assert (films.is_played("one"), films.is_played("two")) == (False, True)


def test_a_film_is_played_until_the_last_who_is_sent_it_has_it() -> None:
    films = PlayedFilms(Clock())
    with films.being_sent("one"):
        with films.being_sent("one"):
            assert films.is_played("one")
        films.leave("one")
        assert films.is_played("one")
    assert not films.is_played("one")


def test_a_caller_that_plays_everything_takes_no_more_than_its_room() -> None:
    films = PlayedFilms(Clock())
    for number in range(MAX_LEASES + 1):
        films.play(str(number))
    assert not films.is_played("0")
    assert all(films.is_played(str(number)) for number in range(1, MAX_LEASES + 1))
