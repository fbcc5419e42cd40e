"""How people sign in and show that it is them: allauth, its limits and its forms."""

import os

from .environment import DEMO_MODE, PRODUCTION, SERVICE_NAME, TESTING

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    # First, as it may say that nobody is to be signed in.
    "people.accounts.backends.AddressBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# Figures alone, so that a phone shows its keys for numbers: 123-456-789.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 9, "dashed": True}
# The password is optional: who sets one may use it on the sign-in page instead of a code.
ACCOUNT_FORMS = {
    "login": "people.accounts.forms.accounts.SignInForm",
    "request_login_code": "people.accounts.forms.accounts.RequestCodeForm",
    "confirm_login_code": "people.accounts.forms.accounts.ConfirmCodeForm",
    "reset_password": "people.accounts.forms.accounts.ForgottenPasswordForm",
    "confirm_email_verification_code": "people.accounts.forms.accounts.ConfirmAddressForm",
    "add_email": "people.accounts.forms.accounts.ChangeEmailForm",
}
# One address an account, changed by proving the new one.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
# By visitor's address (ip) these leave room for thirty people of one hall, each with a try or two. By key: see
# people/sign_in_limits.py for why none of these by email address alone closes a page.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip,600/h/ip",
    # Its key is the visitor and the address for passwords, the account for second steps.
    "login_failed": "60/m/ip,5/5m/key",
    "password_tries": "50/h/key",
    "request_login_code": "120/m/ip,600/h/ip",
    "reset_password": "30/m/ip,120/h/ip",
    "code_mail_first": "1/5m/key",
    "code_mail": "3/5m/key",
    "code_mail_all": "20/h/key",
    "reset_mail_first": "1/30m/key",
    "reset_mail": "2/h/key",
    "reset_mail_all": "6/d/key",
    "unknown_mail_each": "1/d/key",
    "unknown_mail": "20/h/ip",
    # Leaving for an organisation's sign-in: as many as may ask for a code.
    "single_sign_on": "120/m/ip,600/h/ip",
    "proof_code": "5/15m/user",
    # Personal links that lead nowhere: a broken one is opened a few times, a program tries thousands.
    "unknown_link": "30/m/ip,120/h/ip",
    # Words of a member kept while they type: a browser sends them every few seconds, in a few tabs.
    "keep_draft": "120/m/user",
    # Pages that everybody may read, by visitor's address: a reader of feeds asks a few times an hour, people of one
    # hall open some pages each. A program that copies everything is told to wait.
    "public_page": "120/m/ip,2000/h/ip",
    # The open form to get involved: people of one hall send a few, each perhaps twice. A program sends thousands.
    "get_involved": "20/m/ip,60/h/ip",
}
ACCOUNT_SESSION_REMEMBER = None
# Organisations' own sign-in: people.accounts.single_sign_on. Who signs in by it is in our tables; the library's stay
# empty, and tokens are thrown away.
SOCIALACCOUNT_ADAPTER = "people.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# Providers are asked over https alone; tests run one on this machine.
SINGLE_SIGN_ON_ON_THIS_MACHINE = TESTING
# How long a provider may take to begin an answer, and to finish it, in seconds; and the longest answer.
SINGLE_SIGN_ON_WAIT = 5
SINGLE_SIGN_ON_ANSWER_WITHIN = 10
SINGLE_SIGN_ON_ANSWER_BYTES = 256 * 1024
# How many proxies stand in front and add to X-Forwarded-For: sign-in limits count the visitor's address, not theirs.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "1" if PRODUCTION else "0"))
MFA_ADAPTER = "people.accounts.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "people.accounts.forms.accounts.SecondStepForm",
    "reauthenticate": "people.accounts.forms.accounts.SecondStepAgainForm",
    "activate_totp": "people.accounts.forms.accounts.SetUpAppForm",
    "add_webauthn": "people.accounts.forms.accounts.AddPasskeyForm",
    "edit_webauthn": "people.accounts.forms.accounts.NamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Before bank details, signing, roles and the like somebody shows again that it is them, if they have not done so for:
PROOF_SECONDS = int(os.environ.get("PROOF_MINUTES", "15")) * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = PROOF_SECONDS
# How long the form they had sent at that moment is kept for them.
HELD_POST_SECONDS = 60 * 60

# Who confirms staff and finance by email where nobody else can: somebody at the host who is no administrator here.
# Named on the server, so that no page can put another mailbox in their place. Empty: two administrators are needed.
HOST_CONTACT_EMAIL = os.environ.get("HOST_CONTACT_EMAIL", "host@example.org" if DEMO_MODE else "")
