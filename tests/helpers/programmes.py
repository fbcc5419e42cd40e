"""Addresses of a programme's pages, over the scene's rows."""

import datetime as dt

from django.urls import reverse

from programmes.models import AgreedTerm, Term
from tests import factories as make


def page_address(name, scene):
    slug = scene.programme.slug
    if name in {"programmes", "programme_new"}:
        return reverse(name)
    if name == "membership_new":
        return reverse(name, args=[slug, scene.lived.person.pk])
    if name == "membership_end":
        return reverse(name, args=[scene.lived.person.memberships.get().pk])
    if name == "term_end":
        return reverse(name, args=[Term.objects.get(person=scene.chair.person).pk])
    if name in {"group", "group_edit", "term_new"}:
        return reverse(name, args=[slug, scene.group.pk])
    if name == "agreed_term_edit":
        words = AgreedTerm.objects.create(
            programme=scene.programme, term="People", replaces="Users", agreed_on=dt.date(2026, 5, 4)
        )
        return reverse(name, args=[words.pk])
    if name.startswith("decision") and name not in {"decisions", "decision_new"}:
        return reverse(name, args=[make.a_decision(scene.programme, proposed_by=scene.staff.person).pk])
    return reverse(name, args=[slug])
