"""The recording: a hybrid MP4 that is playable however the process dies.

Reading order: ``recorder`` (the thread and the door to it), ``writer`` (what the thread does), ``parts`` (which packets go
into which file), ``part_file`` (the life of one file), ``muxer`` (PyAV),
``hybrid_file`` and ``index`` (what makes an ordinary MP4 of the fragments), ``safe_file`` and ``raw_file`` (the disk).
The facts behind the choices: reliability_security.md 1.
"""
