"""What every package may use: errors, secrets, redaction, paths, clock and back-off."""
