"""Tell those who said a contribution what became of it."""

from collections.abc import Iterable

from people.messages import telling
from programmes.heard import emails
from programmes.heard.models import ContributionOutcome, Contributor, ToldBack


def tell_back(outcome: ContributionOutcome, contributors: Iterable[Contributor]) -> None:
    """Tell those of `contributors` who want it, and were not told yet, of `outcome`.

    The others are on the list as well: they may say whether it is true. Called under the lock of the contribution.
    """
    contributors = list(contributors)
    known = {row.contributor_id: row for row in ToldBack.objects.filter(outcome=outcome, contributor__in=contributors)}
    untold = [row for row in contributors if row.pk not in known or known[row.pk].notice_id is None]
    wanted = [row for row in untold if row.wants_to_be_told]
    notices = telling.tell_many([emails.told_back(outcome, row) for row in wanted])
    notice_of = {row.pk: notice for row, notice in zip(wanted, notices, strict=True)}
    new = [row for row in untold if row.pk not in known]
    ToldBack.objects.bulk_create(
        [ToldBack(outcome=outcome, contributor=row, notice=notice_of.get(row.pk)) for row in new]
    )
    for row in wanted:
        if row.pk in known:
            known[row.pk].notice = notice_of[row.pk]
            known[row.pk].save(update_fields=["notice"])
