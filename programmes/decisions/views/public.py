"""The page and the feed of decisions that everybody may read, signed in or not."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from programmes.decisions.queries import public
from programmes.programme.models.programmes import Programme
from wellbeing.lib.dates import today
from wellbeing.lib.public_pages import public_page

ON_A_PAGE = 20
# Seconds for which a browser or a cache in between may show the page again: a decision is read for years.
KEPT = 300


def _published_programme_or_404(slug):
    programme = get_object_or_404(Programme, slug=slug)
    if not public.publishes(programme, today()):
        raise Http404
    return programme


def _kept(response, *, shared):
    """Let `response` be kept for a while: by caches in between only where it is the same for everybody."""
    patch_cache_control(response, max_age=KEPT, **({"public": True} if shared else {"private": True}))
    return response


@public_page
def decided(request, slug):
    """Show everybody what the programme decided: wording, outcome, why, what changes, and dissent without names."""
    programme = _published_programme_or_404(slug)
    page = Paginator(public.published(programme), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "page": page, "rows": public.as_everybody_reads(list(page))}
    response = render(request, "programmes/decisions/decided.html", context)
    return _kept(response, shared=not request.user.is_authenticated)


@public_page
def decided_feed(request, slug):
    """Send the newest of these decisions as an Atom feed."""
    return _kept(DecidedFeed()(request, slug=slug), shared=True)


class DecidedFeed(Feed):
    """The newest published decisions of one programme."""

    feed_type = Atom1Feed

    def get_object(self, request, slug):
        """Return the programme at this address; 404 where it publishes nothing."""
        return _published_programme_or_404(slug)

    def title(self, programme):
        return _("What we decided: %(programme)s") % {"programme": programme}

    def link(self, programme):
        return reverse("decided", args=[programme.slug])

    def feed_url(self, programme):
        return reverse("decided_feed", args=[programme.slug])

    def author_name(self, programme):
        return programme.name

    def items(self, programme):
        return public.as_everybody_reads(list(public.published(programme)[:ON_A_PAGE]))

    def item_title(self, row):
        return f"{row.decision.get_outcome_display()}: {row.title}"

    def item_description(self, row):
        return render_to_string("programmes/decisions/decided_words.html", {"row": row})

    def item_link(self, row):
        return f"{reverse('decided', args=[row.decision.programme.slug])}#decision-{row.decision.pk}"

    def item_pubdate(self, row):
        return timezone.make_aware(dt.datetime.combine(row.decision.decided_on, dt.time()))

    item_updateddate = item_pubdate
