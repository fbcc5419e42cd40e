"""Addresses of reports and statements."""

from django.urls import path

from .views import all_statements, preview, reports, statements

urlpatterns = [
    path("programmes/<slug:slug>/policy/draft/preview/", preview.policy_preview, name="policy_preview"),
    path("programmes/<slug:slug>/reports/", reports.reports, name="reports"),
    path("programmes/<slug:slug>/reports/monthly/", reports.report_emails, name="report_emails"),
    path("programmes/<slug:slug>/reports/new/<slug:kind>/", reports.report_new, name="report_new"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/<slug:form>/", reports.report_file, name="report_file"),
    path("you/statements/", statements.your_statements, name="your_statements"),
    path("programmes/<slug:slug>/statements/<int:person_pk>/", statements.person_statements, name="person_statements"),
    path("programmes/<slug:slug>/statements/", all_statements.programme_statements, name="programme_statements"),
    path(
        "programmes/<slug:slug>/statements/year/<int:year>/",
        all_statements.programme_statements_file,
        name="programme_statements_file",
    ),
    path("statements/<int:pk>/", statements.statement_file, name="statement"),
]
