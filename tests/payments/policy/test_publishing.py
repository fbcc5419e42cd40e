"""A version of the policy published on the pages and read by everybody."""

from django.urls import reverse

from payments.models import PolicyVersion

# The policy


POLICY = {
    "effective_from_day": "1",
    "effective_from_month": "1",
    "effective_from_year": "2099",
    "method": "half_or_full_day",
    "mileage": "own",
    "rates": "0",
    "half_day": "60",
    "full_day": "£120.00",
    "half_day_hours": "3.5",
    "limit": "full",
    "preparation_included": "no",
    "pence_per_mile": "45.5",
    "pay_within_working_days": "5",
    "claim_window_months": "6",
    "public_transport-covered": "on",
    "public_transport-receipt_needed": "on",
    "parking-covered": "on",
    "parking-cap": "15",
    "taxi-covered": "on",
    "taxi-needs_prior_approval": "on",
}


def test_staff_publish_a_version_that_everybody_reads_in_plain_words(scene, signed_in, publish_on_pages):
    client = signed_in(scene.staff)
    url = reverse("policy_draft", args=[scene.programme.slug])
    assert client.get(url).status_code == 200
    wrong = client.post(url, {**POLICY, "full_day": "50", "half_day": "60"})
    assert wrong.status_code == 200
    assert b"A full day cannot be paid less" in wrong.content
    assert b"3.5" in wrong.content
    past = client.post(url, {**POLICY, "effective_from_year": "2020"})
    assert b"What was promised for a day that has passed stays" in past.content
    assert PolicyVersion.objects.filter(programme=scene.programme).count() == 1
    version = publish_on_pages(client, scene.programme, POLICY)
    assert version.number == 2
    assert version.fee_rules.get().half_day_pence == 6000
    assert not version.fee_rules.get().limit_is_half_day
    page = signed_in(scene.person).get(reverse("policy", args=[scene.programme.slug])).content.decode()
    for words in (
        "We pay £50.00 for half a day. Half a day is up to 4 hours.",
        "This includes the time you take to prepare.",
        "We aim to pay you within 10 working days after you send your claim.",
        "Half a day is less than 3.5 hours.",
        "We pay 45.5p a mile.",
        "Up to £15.00 each time. You do not need a receipt.",
        "Ask us before you pay for this.",
        "We aim to pay you within 5 working days after you send your claim.",
        "Send your claim within 6 months of the event.",
    ):
        assert words in page


def test_a_programme_without_a_policy_says_so_and_its_staff_set_the_first(scene, signed_in, publish_on_pages):
    client = signed_in(scene.elsewhere)
    assert b"has not been set yet" in client.get(reverse("policy", args=[scene.other.slug])).content
    assert client.get(reverse("policy_draft", args=[scene.other.slug])).status_code == 200
    version = publish_on_pages(client, scene.other, {**POLICY, "effective_from_year": "2024"})
    assert version.effective_from.year == 2024, "the first version may hold from a day that has passed"
