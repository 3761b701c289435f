from __future__ import annotations
from tests.integration.relay.test_backup import *
@swiftly
async def test_dbg() -> None:
    async with (
        Platform(Deaf) as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.WARM)) as stage,
    ):
        encoder = await stage.publish()
        sending = asyncio.create_task(encoder.stream(60.0, size=20_000))
        for i in range(24):
            await let_pass(0.5)
            l = stage.light()
            m = main.last if main.connections else None
            lanes = stage.relay._destinations["Platform"]._lanes
            print(i, l.state, l.queue_ms, l.bytes_sent, sending.done(), encoder.sent, m and (m.transport.is_reading(), len(m.events), m.lost), len(backup.connections), [(x.life.state, x.carries(now()), x.outflow.room) for x in lanes], l.cause and l.cause.code)
        sending.cancel()
        assert 0
