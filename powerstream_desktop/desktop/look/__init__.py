"""How the window looks: colours, letters, icons and the one style sheet. Made once, followed everywhere."""
