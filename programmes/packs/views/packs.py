"""The welcome pack of a programme: its papers, its versions, who has which, and giving it to people."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.directory.queries import tell_apart
from people.messages.queries import ways_in_words
from programmes.packs import queries
from programmes.packs.actions import giving, papers
from programmes.packs.forms import CopyForm, GiveForm, PaperForm
from programmes.packs.guards import copy_or_404, given_or_404, paper_or_404, programme_of_pack
from programmes.packs.listing import given_listing
from programmes.programme.views.pages import show_form
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_sent, posted, read_page


@read_page
def welcome_pack(request, slug):
    """Show staff what the pack has, which version goes with welcomes, and who has which."""
    programme = programme_of_pack(request, slug)
    listing = given_listing(request, programme)
    if listing.wants_export:
        return listing.export()
    pack = queries.latest(programme)
    now = queries.papers_in(pack) if pack else []
    to_come = queries.papers_to_come(programme)
    context = {
        "programme": programme,
        "pack": pack,
        "in_pack": now,
        "papers": to_come,
        "changed": queries.keys_of(now) != queries.keys_of(to_come),
        "without": queries.without_pack(pack, never=False).count() if pack and now else 0,
        "to_post": queries.to_post([programme.pk]),
        "listing": listing,
    }
    return render(request, "programmes/packs/pack.html", context)


@form_page
def welcome_paper_new(request, slug):
    """Add a paper or a link."""
    programme = programme_of_pack(request, slug)
    form = PaperForm(posted(request), request.FILES or None)
    if attempt(form, lambda: papers.add(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It is added. It goes to people with the next version that you publish."))
        return redirect("welcome_pack", slug)
    return show_form(
        request,
        form,
        title=_("Add a paper or link"),
        caption=programme.name,
        lead=_("Everybody who joins gets the same papers. Put nothing about one person in them."),
        back_url=reverse("welcome_pack", args=[slug]),
        submit=_("Add it"),
    )


@form_page
def welcome_copy_new(request, slug, pk):
    """Add a paper in another format, or a newer file of one."""
    paper = paper_or_404(request, slug, pk)
    if paper.url:
        raise Http404
    form = CopyForm(posted(request), request.FILES or None)
    if attempt(form, lambda: papers.add_copy(paper=paper, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It is added. It goes to people with the next version that you publish."))
        return redirect("welcome_pack", slug)
    return show_form(
        request,
        form,
        title=_("Add a format"),
        caption=paper.title,
        lead=_("A file in a format that is there already takes its place."),
        back_url=reverse("welcome_pack", args=[slug]),
        submit=_("Add it"),
    )


@button_page
def welcome_paper_take_out(request, slug, pk):
    """Take a paper or link out of the next version."""
    paper = paper_or_404(request, slug, pk)
    if attempt_button(request, lambda: papers.take_out(paper=paper, by=request.user)):
        messages.success(request, _("“%(name)s” is taken out of the next version.") % {"name": paper.title})
    return redirect("welcome_pack", slug)


@button_page
def welcome_pack_publish(request, slug):
    """Publish the papers as they are now as the next version."""
    programme = programme_of_pack(request, slug)
    if done := attempt_button(request, lambda: papers.publish(programme=programme, by=request.user)):
        text = _("Version %(number)s goes with every welcome from now on. Nobody was written to.")
        messages.success(request, text % {"number": done.result.number})
    return redirect("welcome_pack", slug)


@form_page
def welcome_pack_give(request, slug):
    """Choose who gets the pack that was added before it, see who they are and how they are told, and send it."""
    programme = programme_of_pack(request, slug)
    pack = queries.current(programme)
    if pack is None:
        messages.error(request, _("Publish a version with a paper first."))
        return redirect("welcome_pack", slug)
    form = GiveForm(posted(request))
    context = {"programme": programme, "pack": pack, "form": form}
    if not is_sent(form):
        return render(request, "programmes/packs/give.html", context)
    never = form.cleaned_data["who"] == "never"
    people = tell_apart(queries.without_pack(pack, never=never))
    expected = request.POST.get("expected", "")
    if expected.isdecimal() and len(expected) < 7:
        done = attempt(form, lambda: giving.give(pack=pack, never=never, expected=int(expected), by=request.user))
        if done:
            number = len(done.result)
            text = ngettext("The pack is given to %(n)s person.", "The pack is given to %(n)s people.", number)
            messages.success(request, text % {"n": number} + " " + _("Below you see what became of each message."))
            return redirect("welcome_pack", slug)
    context |= {"people": people, "ways": ways_in_words(people), "who": form.cleaned_data["who"], "checked": True}
    return render(request, "programmes/packs/give.html", context)


@button_page
def welcome_pack_posted(request, slug, pk):
    """Note that a colleague posted somebody's pack."""
    given = given_or_404(request, slug, pk)
    if attempt_button(request, lambda: giving.say_posted(given=given, by=request.user)):
        messages.success(request, _("Noted: posted to %(name)s.") % {"name": given.person.full_name})
    return redirect("welcome_pack", slug)


@read_page
def welcome_copy(request, slug, pk):
    """Send the clean copy of a paper in one format, never the file that arrived."""
    row = copy_or_404(request, slug, pk)
    name = f"{row.paper.title}.{str(row.file.name).rpartition('.')[2]}"
    try:
        return private_file(row.file, name=name, content_type=row.content_type)
    except FileNotFoundError:
        raise Http404 from None
