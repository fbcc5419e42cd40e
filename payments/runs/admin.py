"""Payment runs in the admin, to look at."""

from django.contrib import admin

from payments.runs.models.documents import Document, DocumentRequest, LetterDispatch
from payments.runs.models.payments import Payment
from payments.runs.models.returns import PaymentReturn, ReturnReason
from payments.runs.models.runs import PaymentRun
from people.read_only_admin import ReadOnlyAdmin


@admin.register(PaymentRun)
class PaymentRunAdmin(ReadOnlyAdmin):
    list_display = ["reference", "programme", "status", "made_by", "signed_by", "paid_on"]
    list_filter = ["status", "programme"]
    list_select_related = ["programme", "made_by", "signed_by"]


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    # Only finance reads where the money goes.
    exclude = ["account_name", "sort_code", "account_number"]
    list_display = ["reference", "run", "person", "amount_pence"]
    list_select_related = ["run", "person"]
    search_fields = ["reference", "person__search_key"]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["run", "kind", "payment", "version", "size", "sha256", "made_at"]
    list_select_related = ["run", "payment__person"]


@admin.register(PaymentReturn)
class PaymentReturnAdmin(ReadOnlyAdmin):
    list_display = ["payment", "on", "recorded_by"]
    list_select_related = ["payment__person", "reason", "recorded_by"]


@admin.register(ReturnReason)
class ReturnReasonAdmin(ReadOnlyAdmin):
    list_display = ["code", "effective_from", "until", "words", "advice", "tells_person"]


@admin.register(DocumentRequest)
class DocumentRequestAdmin(ReadOnlyAdmin):
    list_display = ["run", "payment", "by", "at"]
    list_select_related = ["run", "payment__person", "by"]


@admin.register(LetterDispatch)
class LetterDispatchAdmin(ReadOnlyAdmin):
    list_display = ["document", "way", "at", "by"]
    list_select_related = ["document__run", "by"]
