"""Nouns of what we heard: contributions, who said them, what became of them, and how small a number may be."""

from programmes.heard.models.contributions import Contribution, ContributionDraft, Contributor, Rung
from programmes.heard.models.evidence import EvidenceFile
from programmes.heard.models.limits import FewestShown
from programmes.heard.models.outcomes import ContributionOutcome, ToldBack

__all__ = [
    "Contribution",
    "ContributionDraft",
    "ContributionOutcome",
    "Contributor",
    "EvidenceFile",
    "FewestShown",
    "Rung",
    "ToldBack",
]
