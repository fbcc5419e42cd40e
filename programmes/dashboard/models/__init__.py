"""The models of the dashboard."""

from programmes.dashboard.models.papers import BoardPaper

__all__ = ["BoardPaper"]
