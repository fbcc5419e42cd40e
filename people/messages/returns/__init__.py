"""Emails after they were sent: those that come back, complaints, and people who want no more of a kind."""
