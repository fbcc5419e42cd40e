"""Give every page its frame: the service's name, navigation for this reader, the account menu."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from people import registry
from people.home import queries

# Links of the header that fit one line on a tablet, and on a wide screen. Those after them stand under "More".
MAX_IN_LINE = 7
MAX_IN_WIDE_LINE = 11


def site(request):
    """Return the template context for the frame of each page.

    Nothing is asked of the database before the frame is drawn. A view (or its guard) may set `request.programme`: then
    the header names it and the apps above may add its links.
    """
    navigation = SimpleLazyObject(lambda: _navigation(request))
    return {
        "service_name": settings.SERVICE_NAME,
        "demo_mode": settings.DEMO_MODE,
        # The people the welcome page and the sign-in page offer to look around as.
        "demo_roles": SimpleLazyObject(queries.demo_roles) if settings.DEMO_MODE else [],
        "demo_mailbox_url": reverse("demo_mailbox") if settings.DEMO_MODE else "",
        "demo_phones_url": reverse("demo_phones") if settings.DEMO_MODE else "",
        "navigation": navigation,
        "navigation_more": SimpleLazyObject(lambda: _more(navigation)),
        "programmes": SimpleLazyObject(lambda: _programmes(request)),
        "find_url": SimpleLazyObject(lambda: _find_url(request)),
        "account": SimpleLazyObject(lambda: _account(request)),
        "session_ends": SimpleLazyObject(lambda: _session_ends(request)),
        "footer_links": [
            {"label": _("Contact and help"), "url": reverse("contact")},
            {"label": _("Accessibility"), "url": reverse("accessibility")},
            {"label": _("Privacy"), "url": reverse("privacy")},
        ],
    }


def _user(request):
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _find_url(request):
    user = _user(request)
    return reverse("find") if user is not None and queries.may_find(user) else ""


def _session_ends(request):
    """Return seconds left and when to warn, for the script that warns before a session ends; {} without limits."""
    row = getattr(getattr(request, "session", None), "row", None)
    if _user(request) is None or row is None or row.idle is None:
        return {}
    idle, whole = row.left(timezone.now())
    return {"idle": idle, "all": whole, "warn": settings.SESSION_WARNING_SECONDS, "url": reverse("session_left")}


def _navigation(request):
    user = _user(request)
    if user is None:
        return []
    programme = getattr(request, "programme", None)
    links = [registry.NavigationLink(_("Home"), reverse("home"), order=0)]
    for contribute in registry.navigation:
        links += contribute(user, programme)
    links.sort(key=lambda link: link.order)
    here = _current(request.path, links)
    return [
        {"label": link.label, "url": link.url, "current": link is here, "place": _place(position, len(links))}
        for position, link in enumerate(links, start=1)
    ]


def _place(position: int, count: int) -> str:
    """Return where a link stands: "" in the line, "wide" in it on a wide screen, "more" under "More" on both."""
    if position <= MAX_IN_LINE or count <= MAX_IN_LINE:
        return ""
    return "wide" if position <= MAX_IN_WIDE_LINE else "more"


def _more(navigation):
    """Return the links under "More", the place of the one that the page belongs to, and where it stands; {} without."""
    links = [link for link in navigation if link["place"]]
    if not links:
        return {}
    return {
        "links": links,
        "current": next((link["place"] for link in links if link["current"]), ""),
        "place": "more" if any(link["place"] == "more" for link in links) else "wide",
    }


def _programmes(request):
    """List the programmes a reader who works in any can change to."""
    user = _user(request)
    if user is None or not queries.may_find(user):
        return []
    programme = getattr(request, "programme", None)
    links = [link for choose in registry.programme_choices for link in choose(user, programme)]
    return [{"label": link.label, "url": link.url, "current": request.path == link.url} for link in links]


def _account(request):
    user = _user(request)
    if user is None:
        return {"sign_in_url": reverse("account_login")}
    return {
        "name": user.get_full_name(),
        "url": reverse("your_details"),
        "current": request.path.startswith(reverse("your_details")),
        "sign_out_url": reverse("account_logout"),
        "links": [],
    }


def _current(path: str, links: list[registry.NavigationLink]) -> registry.NavigationLink | None:
    """Return the link a page belongs to: the one with the longest beginning of its address; home for home itself."""
    fitting = [
        (len(start), link)
        for link in links
        for start in (link.url, *link.sections)
        if path == start or (start != "/" and path.startswith(start))
    ]
    return max(fitting, key=lambda fit: fit[0], default=(0, None))[1]
