"""Long lists that come a page at a time."""
