"""Columns that are as wide as their widest words, however large the letters are."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel


def fit_to(label: QLabel, *words: str, reserve_px: int = 4) -> None:
    """Make a label as wide as the widest of some words, whatever it says now; call it again when the letters are others."""
    label.ensurePolished()
    metrics = label.fontMetrics()
    label.setFixedWidth(max(metrics.horizontalAdvance(each) for each in words) + reserve_px)
