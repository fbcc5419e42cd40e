"""Messages in the admin, to look at."""

from django.contrib import admin

from people.messages.models import Message
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "to_address", "status", "attempts", "created_at", "sent_at"]
    list_filter = ["status", "kind"]
    search_fields = ["subject", "to_address", "key"]
    # The words may hold a personal link, which opens a page as the person it was sent to.
    exclude = ["text_body", "html_body"]
