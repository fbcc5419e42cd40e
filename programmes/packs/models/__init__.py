"""Nouns of welcome packs."""

from .given import PackGiven
from .papers import WelcomeCopy, WelcomePack, WelcomePackItem, WelcomePaper

__all__ = ["PackGiven", "WelcomeCopy", "WelcomePack", "WelcomePackItem", "WelcomePaper"]
