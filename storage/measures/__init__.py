"""Measures: every number that people are shown, defined in one place, each with the cases behind it."""

from storage.measures.asked import MEASURES, Measures, Sorting
from storage.measures.cases import Case, Measure, Measured, Unit
from storage.measures.window import Window

__all__ = ["MEASURES", "Case", "Measure", "Measured", "Measures", "Sorting", "Unit", "Window"]
