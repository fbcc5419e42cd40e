"""Read-only pages for administrators: money is changed by actions alone."""

from django.contrib import admin

from payments import models
from people.admin import ReadOnlyAdmin


@admin.register(models.Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["reference", "person", "programme", "status", "activity_date", "pay_by", "paid_on"]
    list_filter = ["status", "programme"]
    list_select_related = ["person", "programme"]
    search_fields = ["reference", "person__full_name"]

    def get_queryset(self, request):
        """A claim that was not sent is its owner's alone, here too."""
        return super().get_queryset(request).filter(pk__in=models.Claim.objects.visible_to(request.user).values("pk"))


@admin.register(models.ClaimLine)
class ClaimLineAdmin(ReadOnlyAdmin):
    list_display = ["claim", "category", "description", "amount_pence", "rate_note"]
    list_select_related = ["claim"]
    search_fields = ["claim__reference"]

    def get_queryset(self, request):
        """As its claim."""
        seen = models.Claim.objects.visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(claim__in=seen)


@admin.register(models.PaymentRun)
class PaymentRunAdmin(ReadOnlyAdmin):
    list_display = ["reference", "programme", "status", "made_by", "signed_by", "paid_on"]
    list_filter = ["status", "programme"]
    list_select_related = ["programme", "made_by", "signed_by"]


@admin.register(models.Payment)
class PaymentAdmin(ReadOnlyAdmin):
    # Only finance reads where the money goes.
    exclude = ["account_name", "sort_code", "account_number"]
    list_display = ["reference", "run", "person", "amount_pence"]
    list_select_related = ["run", "person"]
    search_fields = ["reference", "person__full_name"]


@admin.register(models.Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["run", "kind", "payment", "version", "size", "sha256", "made_at"]
    list_select_related = ["run", "payment__person"]


@admin.register(models.BankFileDownload)
class BankFileDownloadAdmin(ReadOnlyAdmin):
    list_display = ["run", "by", "at", "payments_count", "total_pence", "sha256"]
    list_select_related = ["run", "by"]


@admin.register(models.BudgetLine)
class BudgetLineAdmin(ReadOnlyAdmin):
    list_display = ["cost_code", "name", "programme", "starts_on", "ends_on", "amount_pence", "closed"]
    list_filter = ["closed", "programme"]
    list_select_related = ["programme"]


@admin.register(models.BudgetOverride)
class BudgetOverrideAdmin(ReadOnlyAdmin):
    list_display = ["claim", "line", "by", "at", "up_to_pence", "over_by_pence"]
    list_select_related = ["claim", "line", "by"]


@admin.register(models.PolicyVersion)
class PolicyVersionAdmin(ReadOnlyAdmin):
    list_display = ["programme", "number", "holds_from", "published_at"]
    list_select_related = ["programme"]


@admin.register(models.MileageRate)
class MileageRateAdmin(ReadOnlyAdmin):
    list_display = ["from_date", "vehicle", "first_band_pence", "first_band_miles", "after_pence", "passenger_pence"]


@admin.register(models.ApproverDuty)
class ApproverDutyAdmin(ReadOnlyAdmin):
    list_display = ["programme", "person", "covers", "starts_on", "ends_on", "set_by"]
    list_select_related = ["programme", "person", "covers", "set_by"]


@admin.register(models.WarningLimits)
class WarningLimitsAdmin(ReadOnlyAdmin):
    list_display = ["programme", "from_date", "usual_percent", "usual_examples", "long_route_miles", "set_by"]
    list_select_related = ["programme", "set_by"]
