"""PowerStream Desktop: encode once, relay to every platform, lose nothing."""

__version__ = "0.1.0"
