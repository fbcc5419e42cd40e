"""Addresses of decisions."""

from django.urls import path

from .views import deciding, drafts, proposals, public, speaking

urlpatterns = [
    path("programmes/<slug:slug>/decisions/", proposals.decisions, name="decisions"),
    path("programmes/<slug:slug>/decisions/new/", proposals.decision_new, name="decision_new"),
    path("programmes/<slug:slug>/decisions/seals/", deciding.seals, name="seals"),
    path("decisions/<int:pk>/", proposals.decision_page, name="decision"),
    path("decisions/<int:pk>/record/<slug:layout>/", proposals.decision_record, name="decision_record"),
    path("decisions/<int:pk>/edit/", proposals.decision_edit, name="decision_edit"),
    path("decisions/<int:pk>/wording/", proposals.decision_amend, name="decision_amend"),
    path("decisions/<int:pk>/longer/", proposals.decision_extend, name="decision_extend"),
    path("decisions/<int:pk>/shape/", proposals.decision_shape, name="decision_shape"),
    path("decisions/<int:pk>/ask/", proposals.decision_ask, name="decision_ask"),
    path("decisions/<int:pk>/options/new/", proposals.decision_option, name="decision_option"),
    path("decisions/<int:pk>/documents/new/", proposals.decision_attach, name="decision_attach"),
    path("decisions/documents/<int:pk>/", proposals.decision_file, name="decision_file"),
    path("decisions/<int:pk>/heard/", proposals.decision_link, name="decision_link"),
    path("decisions/<int:pk>/remind/", proposals.decision_remind, name="decision_remind"),
    path("decisions/<int:pk>/withdraw/", proposals.decision_withdraw, name="decision_withdraw"),
    path("decisions/<int:pk>/position/", speaking.decision_position, name="decision_position"),
    path("decisions/<int:pk>/position/for/", speaking.decision_position_for, name="decision_position_for"),
    path("decisions/<int:pk>/thoughts/", speaking.decision_thought, name="decision_thought"),
    path("decisions/<int:pk>/typed/<slug:kind>/", drafts.decision_draft, name="decision_draft"),
    path("decisions/<int:pk>/typed/<slug:kind>/discard/", drafts.decision_draft_discard, name="decision_draft_discard"),
    path("decisions/<int:pk>/questions/new/", speaking.decision_question, name="decision_question"),
    path("decisions/<int:pk>/questions/<int:question>/", speaking.question_answer, name="question_answer"),
    path("decisions/<int:pk>/objections/<int:objection>/reply/", speaking.objection_reply, name="objection_reply"),
    path("decisions/<int:pk>/objections/<int:objection>/close/", speaking.objection_close, name="objection_close"),
    path("decisions/<int:pk>/interest/", speaking.decision_interest, name="decision_interest"),
    path("decisions/<int:pk>/outcome/", deciding.decision_outcome, name="decision_outcome"),
    path("decisions/<int:pk>/review/", deciding.decision_review, name="decision_review"),
    path("decisions/<int:pk>/actions/new/", deciding.decision_point, name="decision_point"),
    path("decided/<slug:slug>/", public.decided, name="decided"),
    path("decided/<slug:slug>/feed/", public.decided_feed, name="decided_feed"),
    path("actions/<int:pk>/", deciding.action_point, name="action_point"),
]
