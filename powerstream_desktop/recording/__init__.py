"""The recording: a hybrid MP4, or Matroska by choice, that is playable however the process dies.

Reading order: ``recorder`` (the thread and the door to it), ``writer`` (what the thread does), ``parts`` (which packets go
into which file), ``part_files`` and ``part_file`` (the life of the files), ``muxer`` (PyAV; ``mkv_muxer``),
``hybrid_file`` and ``index`` (what makes an ordinary MP4 of the fragments), ``safe_file`` and ``raw_file`` (the disk).
Policies, all pure: ``split_policy``, ``space_policy``, ``truth_watch``; ``folders`` and ``watch`` carry them out.
The facts behind the choices: reliability_security.md 1.
"""
