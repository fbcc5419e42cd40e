"""Where the programme says so, a second person publishes what the first one asked for, or sends it back."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from payments.models import PolicyVersion, Publication
from payments.policy import actions as policy_actions
from payments.policy import queries as policy_queries
from payments.policy.actions import PolicyError
from payments.publishing import actions, contributions
from payments.publishing.actions import Basis
from tests import factories
from tests.helpers.offers import invited, next_version

WHY = "The budget for this year."
BASIS = Basis(reason=WHY)


@pytest.fixture
def draft(scene):
    """The draft of a programme in which two people publish."""
    scene.programme.policy_needs_two_people = True
    scene.programme.save()
    return next_version(scene)


def at(name, scene):
    return reverse(name, args=[scene.programme.slug])


def ask(scene, draft, by=None, basis=BASIS):
    return actions.request(programme=scene.programme, by=by or scene.staff, basis=basis, changed_at=draft.changed_at)


def publish(scene, draft, by):
    return actions.publish(programme=scene.programme, by=by, changed_at=draft.changed_at)


# The actions


def test_one_asks_and_another_publishes(scene, draft):
    event = invited(scene)
    ask(scene, draft, basis=Basis(reason=WHY, keeps_offers=False))
    assert policy_queries.draft_of(scene.programme) == draft, "asking publishes nothing"
    publication = publish(scene, draft, scene.staff_two)
    assert (publication.requested_by, publication.confirmed_by) == (scene.staff.person, scene.staff_two.person)
    assert (publication.reason, publication.told) == (WHY, 1), "what the first one chose counts"
    assert policy_queries.policy_in_force(scene.programme, event.day) == draft


def test_nobody_publishes_alone(scene, draft):
    with pytest.raises(PolicyError, match="Nobody has asked"):
        publish(scene, draft, scene.staff)
    ask(scene, draft)
    with pytest.raises(PolicyError, match="You asked for this yourself"):
        publish(scene, draft, scene.staff)
    with pytest.raises(PolicyError, match="You asked for this yourself"):
        actions.send_back(programme=scene.programme, by=scene.staff, reason="No.")
    with pytest.raises(PolicyError, match="another member of the programme's staff"):
        publish(scene, draft, scene.administrator)
    assert policy_queries.draft_of(scene.programme)


@pytest.mark.parametrize("who", ["person", "finance", "steering", "elsewhere", "stranger"])
def test_nobody_but_staff_asks_publishes_or_sends_back(scene, draft, who):
    user = getattr(scene, who)
    with pytest.raises(PolicyError, match="Only programme staff"):
        ask(scene, draft, by=user)
    ask(scene, draft)
    with pytest.raises(PolicyError, match="Only programme staff"):
        publish(scene, draft, user)
    with pytest.raises(PolicyError, match="Only programme staff"):
        actions.send_back(programme=scene.programme, by=user, reason="No.")


def test_sending_back_needs_a_reason_and_keeps_the_draft(scene, draft):
    ask(scene, draft)
    with pytest.raises(PolicyError, match="Say why") as refusal:
        actions.send_back(programme=scene.programme, by=scene.staff_two, reason=" ")
    assert refusal.value.field == "sent_back_reason"
    publication = actions.send_back(programme=scene.programme, by=scene.staff_two, reason="Half a day is too little.")
    assert not publication.is_waiting
    assert policy_queries.draft_of(scene.programme) == draft
    with pytest.raises(PolicyError, match="Nobody has asked"):
        publish(scene, draft, scene.staff_two)
    assert ask(scene, draft, by=scene.staff_two).is_waiting, "anybody of the staff may ask again"
    assert publish(scene, draft, scene.staff).published_at


def test_changing_the_draft_undoes_the_request(scene, draft):
    ask(scene, draft)
    changed = next_version(scene, half=2900)
    with pytest.raises(PolicyError, match="or it was changed since"):
        publish(scene, changed, scene.staff_two)


def test_asking_makes_no_sense_where_one_is_enough(scene):
    draft = next_version(scene)
    with pytest.raises(PolicyError, match="does not ask for a second person"):
        ask(scene, draft)


def test_a_request_needs_a_basis_and_a_draft_that_was_read(scene, draft):
    with pytest.raises(PolicyError, match="Choose the decision"):
        ask(scene, draft, basis=Basis())
    read = draft.changed_at - dt.timedelta(seconds=1)
    with pytest.raises(PolicyError, match="Somebody changed the draft"):
        actions.request(programme=scene.programme, by=scene.staff, basis=BASIS, changed_at=read)
    policy_actions.discard_draft(programme=scene.programme, by=scene.staff)
    with pytest.raises(PolicyError, match="no draft"):
        ask(scene, draft)


# The database


def test_the_database_refuses_one_person_for_both(scene, draft):
    ask(scene, draft)
    with pytest.raises(IntegrityError, match="publication_is_confirmed_by_another"), transaction.atomic():
        Publication.objects.update(confirmed_by=scene.staff.person)
    with pytest.raises(IntegrityError, match="publication_is_sent_back_by_another"), transaction.atomic():
        Publication.objects.update(sent_back_by=scene.staff.person, sent_back_at=timezone.now(), sent_back_reason="No.")


def test_the_database_publishes_nothing_that_a_second_person_has_not_confirmed(scene, draft):
    publish_row = PolicyVersion.objects.filter(pk=draft.pk).update
    with pytest.raises(DatabaseError, match="two people publish"), transaction.atomic():
        publish_row(published_at=timezone.now())
    ask(scene, draft)
    with pytest.raises(DatabaseError, match="two people publish"), transaction.atomic():
        publish_row(published_at=timezone.now())
    Publication.objects.update(confirmed_by=scene.staff_two.person)
    with pytest.raises(DatabaseError, match="two people publish"), transaction.atomic():
        publish_row(published_at=timezone.now(), changed_at=timezone.now() + dt.timedelta(hours=1))
    assert publish_row(published_at=timezone.now()) == 1


def test_the_database_wants_a_basis_and_keeps_what_was_published(scene, draft):
    ask(scene, draft)
    with pytest.raises(IntegrityError, match="publication_rests_on_something"), transaction.atomic():
        Publication.objects.update(reason="")
    publish(scene, draft, scene.staff_two)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.update(reason="Another one.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.all().delete()


# The pages


def test_the_request_is_seen_and_answered_on_the_pages(scene, draft, signed_in):
    first, second = signed_in(scene.staff), signed_in(scene.staff_two)
    page = first.get(at("policy_publish", scene))
    assert "Ask a colleague to publish it" in page.text
    asked = first.post(at("policy_publish", scene), {**page.context["form"].initial, "reason": WHY}, follow=True)
    assert "Another member of staff has to agree." in asked.text
    for client in (first, second):
        for name in ("policy", "policy_preview", "policy_publish"):
            assert "Stan Staff asked on" in client.get(at(name, scene)).text, name
    own = first.get(at("policy_publish", scene)).text
    assert "You asked for this yourself." in own
    assert "Send it back" not in own
    assert first.post(at("policy_publish", scene), {"changed_at": "x"}).status_code == 403
    page = second.get(at("policy_publish", scene))
    assert "Send it back" in page.text
    done = second.post(at("policy_publish", scene), page.context["form"].initial, follow=True)
    assert "Stan Staff asked for it, and Stella Staff published it" in done.text


def test_a_request_is_sent_back_with_a_reason_on_the_page(scene, draft, signed_in):
    ask(scene, draft)
    second = signed_in(scene.staff_two)
    refused = second.post(at("policy_publish", scene), {"send_back": "yes", "sent_back_reason": ""})
    assert "Say why, so that your colleague knows what to change" in refused.text
    sent = second.post(
        at("policy_publish", scene), {"send_back": "yes", "sent_back_reason": "Too little."}, follow=True
    )
    assert "Sent back." in sent.text
    for name in ("policy_preview", "policy_publish"):
        seen = signed_in(scene.staff).get(at(name, scene)).text
        assert "Stella Staff sent it back" in seen
        assert "Too little." in seen
    next_version(scene, half=2900)
    ask(scene, policy_queries.draft_of(scene.programme))
    next_version(scene, half=2800)
    assert "It was changed since, so somebody has to ask again." in second.get(at("policy_publish", scene)).text


def test_home_says_what_waits_for_whom(scene, draft):
    ask(scene, draft)
    waiting, back = "Publish the new payment policy, or send it back", "Look again at the payment policy"
    assert waiting in titles_of_home(scene.staff_two)
    assert waiting not in titles_of_home(scene.staff)
    assert waiting not in titles_of_home(scene.finance)
    actions.send_back(programme=scene.programme, by=scene.staff_two, reason="Too little.")
    assert any(title.startswith(back) for title in titles_of_home(scene.staff))
    assert waiting not in titles_of_home(scene.staff_two)


def titles_of_home(user):
    """Titles of what waits for `user`, read as their next request would."""
    return [task.title for task in contributions.tasks(type(user).objects.get(pk=user.pk))]


def test_the_setting_is_on_the_form_of_the_programme(scene, signed_in):
    client = signed_in(scene.staff)
    address = reverse("programme_edit", args=[scene.programme.slug])
    page = client.get(address)
    assert "A second member of staff confirms each new payment policy" in page.text
    form = page.context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if field.name.endswith("_on"):
            sent |= {
                f"{field.name}_day": value.day,
                f"{field.name}_month": value.month,
                f"{field.name}_year": value.year,
            }
        elif value not in (None, False):
            sent[field.name] = value
    assert client.post(address, {**sent, "policy_needs_two_people": "on"}).status_code == 302
    scene.programme.refresh_from_db()
    assert scene.programme.policy_needs_two_people


def test_a_programme_asks_for_one_person_unless_told(scene):
    assert not factories.a_programme().policy_needs_two_people
