"""The chunk layer: messages cut into chunks and put together again (rtmp.md 1.3, 1.4).

Reader and writer of one connection share nothing: the chunk size holds per direction. A new connection takes new objects,
for nothing of the state may survive a reconnect (obs#878).
"""

from powerstream_desktop.rtmp.chunks.header import (
    AUDIO_CSID,
    COMMAND_CSID,
    DATA_CSID,
    INITIAL_CHUNK_SIZE,
    VIDEO_CSID,
)
from powerstream_desktop.rtmp.chunks.reader import ChunkReader
from powerstream_desktop.rtmp.chunks.writer import ChunkWriter, chunk_body, fmt1_header
from powerstream_desktop.rtmp.control import CONTROL_CSID

__all__ = [
    "AUDIO_CSID",
    "COMMAND_CSID",
    "CONTROL_CSID",
    "DATA_CSID",
    "INITIAL_CHUNK_SIZE",
    "VIDEO_CSID",
    "ChunkReader",
    "ChunkWriter",
    "chunk_body",
    "fmt1_header",
]
