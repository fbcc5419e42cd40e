"""Downloads in the admin, to look at."""

from django.contrib import admin

from payments.bank_files.models.downloads import RunFileDownload
from people.read_only_admin import ReadOnlyAdmin


@admin.register(RunFileDownload)
class RunFileDownloadAdmin(ReadOnlyAdmin):
    list_display = ["run", "kind", "by", "at", "payments_count", "total_pence", "sha256"]
    list_select_related = ["run", "by"]
