"""Messages in the admin, to look at."""

from django.contrib import admin

from people.messages.models import AddressMark, EmailStop, IncomingText, MailReport, Message, Notice
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["notice", "channel", "to", "status", "attempts", "created_at", "sent_at"]
    list_filter = ["status", "channel"]
    search_fields = ["notice__subject", "to", "notice__key"]
    list_select_related = ["notice"]


@admin.register(AddressMark)
class AddressMarkAdmin(ReadOnlyAdmin):
    list_display = ["address", "channel", "reason", "since", "ended_at"]
    list_filter = ["reason", "channel"]
    search_fields = ["address"]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["subject", "kind", "person", "created_at"]
    list_filter = ["kind"]
    search_fields = ["subject", "key"]
    # The words may hold a personal link, which opens a page as the person it was sent to.
    exclude = ["text_body", "html_body", "short", "link", "read_key"]


@admin.register(IncomingText)
class IncomingTextAdmin(ReadOnlyAdmin):
    list_display = ["number", "person", "understood_as", "received_at", "read_at"]
    list_filter = ["understood_as", "for_a_colleague"]
    search_fields = ["number"]
    list_select_related = ["person"]


@admin.register(MailReport)
class MailReportAdmin(ReadOnlyAdmin):
    list_display = ["outcome", "message", "received_at", "for_an_administrator", "seen_at"]
    list_filter = ["outcome", "for_an_administrator"]
    list_select_related = ["message__notice"]


@admin.register(EmailStop)
class EmailStopAdmin(ReadOnlyAdmin):
    list_display = ["person", "kind", "since", "ended_at"]
    list_filter = ["kind"]
    list_select_related = ["person"]
