"""What each kind of source is, and the form for it."""
