"""Addresses of the home page and a person's page."""

from django.urls import path

from .views import demo, find, home, needs, pages, people, supporter

urlpatterns = [
    path("", home.home, name="home"),
    path("find/", find.find, name="find"),
    path("you/", people.your_details, name="your_details"),
    path("you/edit/", people.your_details_edit, name="your_details_edit"),
    path("you/supporter/", supporter.your_supporter, name="your_supporter"),
    path("you/supporter/remove/", supporter.your_supporter_remove, name="your_supporter_remove"),
    path("people/<int:pk>/supporter/", supporter.person_supporter, name="person_supporter"),
    path("people/<int:pk>/supporter/remove/", supporter.person_supporter_remove, name="person_supporter_remove"),
    path("you/access-needs/", needs.your_access_needs, name="your_access_needs"),
    path("you/access-needs/still-right/", needs.your_needs_review, name="your_needs_review"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/history/", people.person_history, name="person_history"),
    path("people/<int:pk>/access-needs/", needs.person_access_needs, name="person_access_needs"),
    path("people/<int:pk>/access-needs/still-right/", needs.person_needs_review, name="person_needs_review"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("contact/", pages.contact, name="contact"),
    path("demo/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
]
