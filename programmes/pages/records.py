"""Say which rows of programmes are kept once where two records of one person are put together."""

from people.directory.hooks import KeptOnce, has_answered

KEPT_ONCE = (
    KeptOnce("programmes.Term"),
    KeptOnce("programmes.Reminder"),
    KeptOnce("programmes.ContributionDraft"),
    KeptOnce("programmes.ReviewAsked", has_answered),
    # Contributions of both are settled before; the answers to them are put back with them.
    KeptOnce("programmes.Contributor", may_go=lambda row: False),
)
