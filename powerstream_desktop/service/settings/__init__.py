"""What the user has chosen for good: options declared once, kept in ``settings.toml``."""
