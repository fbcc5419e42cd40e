"""The letters that wait to be posted, the batches they are printed in, and those that came back."""

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from people import registry
from people.jobs.models import Job
from people.messages import posting, rules
from people.messages.actions import letters as actions
from people.messages.forms import CameBackForm
from people.messages.letters import asking
from people.messages.letters.batches import JOB_KIND
from people.messages.models import LetterBatch, Message
from people.messages.page import tag
from people.messages.views.messages import readable, to_in_words
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE, MOMENT
from wellbeing.lib.tables import Column, Listing
from wellbeing.lib.texts import clean_line

BATCH_TONES = {
    LetterBatch.Status.MADE: "waiting",
    LetterBatch.Status.POSTED: "good",
    LetterBatch.Status.DROPPED: "quiet",
}


@read_page
def letters(request):
    """List the letters that wait to be printed, longest first, with a button for each programme that has some."""
    reads_messages(request)
    listing = Listing(
        request,
        asking.waiting_letters(request.user)
        .select_related("notice__person")
        .defer("notice__text_body", "notice__html_body"),
        columns=[
            *letter_columns(),
            Column("size", _("Print"), value=_print, sort="notice__person__letter_size"),
            Column("created_at", _("Waiting since"), kind=MOMENT, sort="created_at"),
            Column("problem", _("Why it was not printed"), value=lambda row: row.problem or "", export_only=True),
        ],
        name="letters",
        caption=_("Letters to post"),
        search=["notice__person__search_key", "notice__subject", "to", "reference"],
        search_label=_("Name, subject or address"),
        default_sort="created_at",
        empty_title=_("No letters wait"),
        empty_text=_("Letters to people who like them, or whom nothing else reaches, appear here."),
    )
    if listing.wants_export:
        return listing.export()
    context = {
        "listing": listing,
        "waiting": asking.waiting_by_audience(request.user),
        "batches": asking.to_post(request.user),
        "service": _service(request.user),
    }
    return render(request, "people/messages/letters.html", context)


@button_page
def letters_make(request):
    """Have a worker print the waiting letters of one programme, and show the batch."""
    reads_messages(request)
    audience = clean_line(request.POST.get("seen", "").replace("\0", ""))
    rules.can_post(request.user, audience).insist(PermissionDenied)
    if done := attempt_button(request, lambda: actions.make_batch(audience=audience, by=request.user)):
        return redirect(done.result)
    return redirect("letters")


@read_page
def letter_batches(request):
    """List every batch of letters the reader may see, newest first."""
    reads_messages(request)
    listing = Listing(
        request,
        LetterBatch.objects.visible_to(request.user).select_related("made_by", "ended_by"),
        columns=[
            Column("day", _("Made for"), kind=DATE, link=lambda row: row.get_absolute_url(), sort="day"),
            Column("voice", _("From"), value=lambda row: row.voice.name),
            Column("count", _("Letters"), numeric=True, sort="count"),
            Column("pages", _("Pages"), numeric=True, sort="pages"),
            Column("status", _("State"), value=lambda row: row.get_status_display(), tag=batch_tag, sort="status"),
            Column("made_by", _("Made by"), value=lambda row: row.made_by.full_name),
            Column("ended_by", _("Posted by"), value=_posted_by),
            Column("ended_at", _("Posted"), value=_posted_at, kind=MOMENT),
        ],
        name="letter-batches",
        caption=_("Batches of letters"),
        default_sort="-day",
        empty_title=_("No batches yet"),
        empty_text=_("Each time somebody makes the letters of a day, the batch appears here."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "people/messages/letter_batches.html", {"listing": listing})


@read_page
def letter_batch(request, pk):
    """Show one batch: how far it is, its file, what can be done with it, and who is in it."""
    batch = _batch(request, pk)
    listing = Listing(
        request,
        asking.letters_in(batch).select_related("notice__person").defer("notice__text_body", "notice__html_body"),
        columns=[
            *letter_columns(),
            Column("position", _("Place"), value=lambda row: row.position + 1, numeric=True, sort="position"),
            Column("state", _("State"), value=lambda row: _state(row, batch), tag=lambda row: _state_tag(row, batch)),
            *([_CAME_BACK] if batch.status == LetterBatch.Status.POSTED else []),
        ],
        name=f"letter-batch-{batch.pk}",
        caption=_("Letters in this batch"),
        search=["notice__person__search_key", "notice__subject", "to", "reference"],
        search_label=_("Name, address or reference"),
        default_sort="position",
        empty_title=_("No letters"),
        empty_text=_("None of the letters of this batch could be printed."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "people/messages/letter_batch.html", {"listing": listing, **_facts(batch)})


@read_page
def letter_batch_file(request, pk):
    """Send the file of a batch, to be printed."""
    batch = _batch(request, pk)
    if not batch.is_made:
        raise Http404
    if not asking.is_intact(batch):
        notices.error(request, _("The file of this batch is gone or was changed. Make it again: the letters stay."))
        return redirect(batch)
    name = f"letters-{batch.day}-{batch.pk}.pdf"
    return private_file(batch.file, name=name, content_type="application/pdf", inline=False)


@button_page
def letter_batch_posted(request, pk):
    """Record that the letters of a batch are in the post."""
    batch = _batch(request, pk)
    if done := attempt_button(request, lambda: actions.mark_posted(batch=batch, by=request.user)):
        notices.success(request, _("Written down: these letters are in the post."))
        for letter in done.result:
            words = _("The letter to %(name)s was not to be posted any more: %(state)s.")
            notices.warning(request, words % {"name": _name(letter), "state": letter.status_in_words})
    return redirect(batch)


@button_page
def letter_batch_apart(request, pk):
    """Put the letters of a batch back into the list."""
    batch = _batch(request, pk)
    if attempt_button(request, lambda: actions.take_apart(batch=batch, by=request.user)):
        notices.success(request, _("The letters are back in the list. Do not post the ones you printed."))
        return redirect("letters")
    return redirect(batch)


@button_page
def letter_batch_again(request, pk):
    """Have the file of a batch made again that is gone or changed."""
    batch = _batch(request, pk)
    attempt_button(request, lambda: actions.make_again(batch=batch, by=request.user))
    return redirect(batch)


@form_page
def letter_came_back(request, pk):
    """Record that a letter came back, and try the next way to its person."""
    message = readable(request, pk)
    if message.channel != Message.Channel.LETTER:
        raise Http404
    form = CameBackForm(posted(request))
    act = lambda: actions.came_back(message=message, by=request.user, reason=form.cleaned_data["reason"])  # noqa: E731  (read by attempt)
    if done := attempt(form, act):
        notices.success(request, _said_after(message, done.result))
        return redirect("message", pk)
    return render(request, "people/messages/came_back.html", {"message": message, "form": form})


def batch_tag(batch):
    """Return the state of a batch as a tag."""
    if batch.status == LetterBatch.Status.MADE and not batch.is_made:
        return {"label": _("Being made"), "tone": "waiting"}
    return {"label": batch.get_status_display(), "tone": BATCH_TONES[batch.status]}


def tasks(user):
    """List for the home page the letters to print, and the batches to post."""
    if not rules.can_read_messages(user):
        return []
    number, lines, first = asking.waiting_letters(user).count(), [], asking.waiting_since(user)
    if number and first:
        title = ngettext("Print and post %(number)s letter", "Print and post %(number)s letters", number)
        since = _("Waiting since %(day)s") % {"day": short_date(first)}
        lines.append(registry.Task(title=title % {"number": number}, url=reverse("letters"), detail=since))
    for batch in asking.to_post(user):
        title = ngettext("Post %(number)s printed letter", "Post %(number)s printed letters", batch.count)
        detail = _("Made on %(day)s") % {"day": short_date(batch.day)}
        url = batch.get_absolute_url()
        lines.append(registry.Task(title=title % {"number": batch.count}, url=url, detail=detail))
    return lines


def can_see_job(user, job):
    """Return whether `user` may watch the making of a batch: whoever may post it."""
    return LetterBatch.objects.visible_to(user).filter(pk=job.subject_id).exists()


def reads_messages(request):
    """Refuse (403) whoever reads no messages."""
    if not rules.can_read_messages(request.user):
        raise PermissionDenied


def _batch(request, pk):
    """Return the batch `pk`. 403 for those who read no messages at all, 404 for those of others."""
    reads_messages(request)
    rows = LetterBatch.objects.visible_to(request.user).select_related("made_by", "ended_by")
    return get_object_or_404(rows, pk=pk)


def letter_columns():
    """Return the columns that every list of letters has."""
    return [
        Column(
            "person",
            _("Person"),
            value=_name,
            link=lambda row: reverse("message", args=[row.pk]),
            sort="notice__person__sort_key",
            detail=lambda row: getattr(row, "problem", "") or "",
        ),
        Column("about", _("About"), value=lambda row: row.notice.subject, sort="notice__subject"),
        Column("to", _("Address"), value=to_in_words, export_only=True),
        Column("reference", _("Reference"), shape="code", sort="reference"),
    ]


def _name(row):
    person = row.notice.person
    name = person.full_name if person else ""
    return _("%(supporter)s, for %(name)s") % {"supporter": row.via, "name": name} if row.via else name


def _print(row):
    return row.notice.person.get_letter_size_display() if row.notice.person and not row.via else ""


def _state(row, batch):
    if batch.status == LetterBatch.Status.MADE and row.status != Message.Status.WAITING:
        return _("Take it out: %(state)s") % {"state": row.status_in_words}
    return row.status_in_words


def _state_tag(row, batch):
    return {**tag(row), "label": _state(row, batch)}


def _service(user):
    """Return what the page of letters says of the printing service; None where there is none."""
    name = posting.service_name()
    if not name:
        return None
    number, first = asking.to_hand_over(user)
    days = asking.FOLLOWED_FOR.days
    return {"name": name, "number": number, "first": first, "unheard": asking.not_heard_of(user), "days": days}


def _came_back_link(row):
    if not row.has_arrived:
        return ""
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
        reverse("letter_came_back", args=[row.pk]),
        _("This letter came back"),
        _name(row),
    )


_CAME_BACK = Column("came_back", _lazy("Came back?"), value=lambda row: "", html=_came_back_link, screen_only=True)


def _posted_by(batch):
    return batch.ended_by.full_name if batch.status == LetterBatch.Status.POSTED else ""


def _posted_at(batch):
    return batch.ended_at if batch.status == LetterBatch.Status.POSTED else None


def _facts(batch):
    """Return the facts of a batch for its page."""
    made = batch.status == LetterBatch.Status.MADE
    rows = [
        (_("From"), batch.voice.name),
        (_("Letters"), batch.count if batch.is_made else ""),
        (_("Pages"), batch.pages if batch.is_made else ""),
        (_("Made by"), f"{batch.made_by.full_name}, {_when(batch.asked_at)}"),
        ("" if made else batch.get_status_display(), "" if made else f"{batch.ended_by}, {_when(batch.ended_at)}"),
    ]
    return {
        "batch": batch,
        "tag": batch_tag(batch),
        "job": None if batch.is_made else Job.objects.filter(kind=JOB_KIND, subject_id=batch.pk).first(),
        "rows": [{"label": label, "value": value} for label, value in rows if label and value != ""],
        "is_lost": batch.is_made and not batch.file.storage.exists(batch.file.name),
        "left_out": list(batch.letters.exclude(problem="").select_related("message__notice__person")),
    }


def _when(moment):
    return f"{short_date(moment)}, {time_of_day(moment)}"


def _said_after(message, following):
    name = {"name": message.notice.person}
    if following is None:
        return _("Written down. No other way to reach %(name)s is left to try.") % name
    if following.channel == Message.Channel.COLLEAGUE:
        return _("Written down. No other way reaches %(name)s, so telling them is now a task.") % name
    words = {**name, "how": following.get_channel_display()}
    return _("Written down. We will now try to reach %(name)s another way: %(how)s.") % words
