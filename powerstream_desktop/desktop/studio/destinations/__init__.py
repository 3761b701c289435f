"""How the studio page shows where the broadcast goes: what each destination does now, since when, and what can be done about it."""
