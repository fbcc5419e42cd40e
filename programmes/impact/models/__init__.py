"""Nouns of impact: the vision, its aims, what people do together, what changed, and the paper about all of it."""

from programmes.impact.models.activities import Activity, Change
from programmes.impact.models.aims import Aim, Vision
from programmes.impact.models.papers import ImpactPaper, ImpactSharing

__all__ = ["Activity", "Aim", "Change", "ImpactPaper", "ImpactSharing", "Vision"]
