"""Addresses of access at events."""

from django.urls import path

from .views import afterwards, arrangements, lists

urlpatterns = [
    path("events/<int:pk>/access/", arrangements.event_access, name="event_access"),
    path("events/<int:pk>/access/add/", arrangements.arrangement_new, name="arrangement_new"),
    path("arrangements/<int:pk>/", arrangements.arrangement, name="arrangement"),
    path("arrangements/<int:pk>/edit/", arrangements.arrangement_edit, name="arrangement_edit"),
    path("arrangements/<int:pk>/done/", arrangements.arrangement_done, name="arrangement_done"),
    path("arrangements/<int:pk>/to-do/", arrangements.arrangement_to_do, name="arrangement_to_do"),
    path("arrangements/<int:pk>/seen/", arrangements.arrangement_seen, name="arrangement_seen"),
    path("arrangements/<int:pk>/take-out/", arrangements.arrangement_take_out, name="arrangement_take_out"),
    path("events/<int:pk>/access/lists/<slug:which>/", lists.access_list, name="access_list"),
    path("events/<int:pk>/access/lists/<slug:which>/<slug:layout>/", lists.access_list_pdf, name="access_list_pdf"),
    path("events/<int:pk>/access/met/", afterwards.access_record, name="access_record"),
    path("events/<int:pk>/access/replies/<int:person_pk>/", afterwards.needs_reply_for, name="needs_reply_for"),
    path("events/<int:pk>/your-needs/", afterwards.your_needs, name="your_needs"),
    path("needs/<str:key>/", afterwards.needs_link, name="needs_link"),
    path("programmes/<slug:slug>/access-needs/", afterwards.access_results, name="access_results"),
]
