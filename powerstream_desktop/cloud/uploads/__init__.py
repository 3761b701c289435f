"""The upload of one replay: its life, its plan of parts, what is to be done after a crash, and what is never uploaded. Pure."""
