"""HLS of a running stream: a folder with a playlist and fragmented MP4 that a browser or our own window plays.

Reading order: ``output`` (the consumer of the stream, and its thread), ``segmenter`` and ``draft`` (which packets make a
segment), ``tracks`` and ``clocks`` (what MP4 has to know of them), ``init_segment`` and ``media_segment`` (the bytes),
``playlist``, ``writer`` and ``folder`` (the disk). All but ``output``, ``writer`` and ``folder`` are pure.

The boxes of MP4 are written here and not by libavformat: fragments of ready-made packets are a few tables of numbers. So the
relay's process needs no PyAV, whose import alone takes 18 MiB; every time stamp stays as the stream has it; a segment is complete
with its last frame, which libavformat holds back to learn how long it is; and new codec settings in mid-stream, for which
libavformat would need a new muxer, are just another initialisation segment.
"""
