from __future__ import annotations

import asyncio

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.engine.control.reports import Done, Refused
from powerstream_desktop.service.studio.engine_answers import EngineAnswers


def test_each_answer_reaches_who_waits_for_it() -> None:
    async def test() -> None:
        answers = EngineAnswers()
        (first_id, first), (second_id, second) = answers.expect(), answers.expect()
        assert answers.take(Done(id=second_id))
        assert answers.take(Refused(id=first_id, title="Not now.", hint="Later."))
        await second
        with pytest.raises(UserError) as caught:
            await first
        assert (caught.value.title, caught.value.hint) == ("Not now.", "Later.")

    asyncio.run(test())


def test_an_answer_that_nobody_waits_for_is_left_to_others() -> None:
    async def test() -> None:
        answers = EngineAnswers()
        id_, answer = answers.expect()
        assert not answers.take(Done(id="none of ours"))
        assert not answers.take(Refused(id=None, title="What?"))
        assert answers.take(Done(id=id_))
        assert not answers.take(Done(id=id_))
        await answer
        answers.forget(id_)
        assert not answers.take(Done(id=id_))

    asyncio.run(test())


def test_who_waits_for_an_engine_that_ended_is_told() -> None:
    async def test() -> None:
        answers = EngineAnswers()
        _, answer = answers.expect()
        answers.engine_ended()
        answers.engine_ended()
        with pytest.raises(SystemFault, match="not running"):
            await answer

    asyncio.run(test())
