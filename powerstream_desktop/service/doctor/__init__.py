"""The doctor: looks at everything a broadcast needs from this computer, and says what to do."""
