"""Sign in with the code from the message."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.views import ConfirmLoginCodeView
from django.http import HttpResponse


class CodePage(ConfirmLoginCodeView):
    """The sign-in library's page. At an address of several people the code says which of them signs in."""

    def form_valid(self, form) -> HttpResponse:
        """Go on as the account that the code belongs to."""
        account = getattr(form, "account", None)
        if account is not None and account != self.stage.login.user:
            self.stage.login.user = account
            self.stage.state.update(email=account.email, user_id=user_id_to_str(account))
            self._process = LoginCodeVerificationProcess(stage=self.stage)
        return super().form_valid(form)
