"""The admin site, gathered from the wings: for administrators to look things up.

Each change has an action, which is done on the pages, never here.
"""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin

from people.accounts import admin as account_admin
from people.consent import admin as consent_admin
from people.directory import admin as person_admin
from people.jobs import admin as job_admin
from people.messages import admin as message_admin
from people.monitoring import admin as monitoring_admin
from people.needs import admin as need_admin

__all__ = [
    "account_admin",
    "consent_admin",
    "job_admin",
    "message_admin",
    "monitoring_admin",
    "need_admin",
    "person_admin",
]

# Signing in happens on one page only, with its codes, limits and second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth says
admin.site.site_header = admin.site.site_title = settings.SERVICE_NAME
