"""Claims in the admin, to look at."""

from django.contrib import admin

from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from people.read_only_admin import ReadOnlyAdmin


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    # How a person wishes to be recognised is theirs to know, and that of those who pay them.
    exclude = ["recognition", "recognition_pence", "recognition_offer", "voucher_pence", "donation_pence"]
    exclude += ["waived_pence", "money_pence", "payroll_pence"]
    list_display = ["reference", "person", "programme", "status", "activity_date", "pay_by", "paid_on"]
    list_filter = ["status", "programme"]
    list_select_related = ["person", "programme"]
    search_fields = ["reference", "person__search_key"]

    def get_queryset(self, request):
        """Leave out claims that were not sent: only their owners see them."""
        return super().get_queryset(request).filter(pk__in=Claim.objects.visible_to(request.user).values("pk"))


@admin.register(ClaimLine)
class ClaimLineAdmin(ReadOnlyAdmin):
    list_display = ["claim", "category", "description", "amount_pence", "rate_note"]
    list_select_related = ["claim"]
    search_fields = ["claim__reference"]

    def get_queryset(self, request):
        """Leave out lines of claims that were not sent: only their owners see them."""
        seen = Claim.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(claim__in=seen)
