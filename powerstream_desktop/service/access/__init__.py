"""Who may do what through the HTTP API: doors, tokens, pairing, limits. Pure but for ``middleware`` (reliability_security.md 3.3)."""
