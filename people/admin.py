"""The admin site: for administrators to look things up. What has an action is done on the pages, never here."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin

# Signing in happens on one page only, with its codes, limits and second step.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = settings.SERVICE_NAME
