"""What a media process gives up before it reads a file (reliability_security.md 3.12)."""
