"""The window itself: frame, rail, top bar, foot, banners, tray; and what it lends to its pages."""
