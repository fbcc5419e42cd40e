"""Sign in to the demo as one of its people."""

from allauth.account.models import EmailAddress
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from people.accounts import sessions
from people.accounts.actions import accounts
from people.home import queries
from people.messages.demo import demo_only


@require_POST
@demo_only
def demo_sign_in(request):
    """Sign in as one of the people the demo offers, by one click. 404 for any other address."""
    email = request.POST.get("email", "")
    if email not in {role.email for role in queries.demo_roles()}:
        raise Http404
    user = accounts.account_for(email=email, by=None)
    if user is None or not user.is_active:
        raise Http404
    # Here nobody proves an address, so everybody may try out passkeys and apps without having done so.
    EmailAddress.objects.filter(user=user).update(verified=True)
    request.session[sessions.OWN_DEVICE] = True
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")
