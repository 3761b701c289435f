"""Work on media files in a limited child process: looking into them, pictures, waveforms, checking, cutting.

FFmpeg is to be taken for vulnerable at any time (reliability_security.md 3.12), and a file may come from anybody. So libav opens no
file in the service: each piece of work has a fresh process that can do little else (``confinement``), ends with its work, and is
killed when it takes too long. ``workshop`` is the service's side and loads no libav; ``child`` is the other.
"""
