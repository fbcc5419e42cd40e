"""Addresses of the people app."""

from django.urls import path

from people.accounts.views import addresses, proof, second_step, sessions
from people.home.views import demo, home, pages, people
from people.jobs import views as job_views
from people.messages.views import mailbox, messages

urlpatterns = [
    path("", home.home, name="home"),
    path("you/", people.your_details, name="your_details"),
    path("you/edit/", people.your_details_edit, name="your_details_edit"),
    path("you/access-needs/", people.your_access_needs, name="your_access_needs"),
    path("you/second-step/", second_step.second_step, name="second_step"),
    path("you/sign-in-again/", second_step.sign_in_again, name="sign_in_again"),
    path("you/show-it-is-you/", proof.prove_by_code, name="prove_by_code"),
    path("you/show-it-is-you/go-on/", proof.prove_go_on, name="prove_go_on"),
    path("you/signed-in/", sessions.your_sessions, name="your_sessions"),
    path("you/signed-in/end/", sessions.session_end, name="session_end"),
    path("you/signed-in/end-all/", sessions.session_end_all, name="session_end_all"),
    path("you/signed-in/device/", sessions.session_device, name="session_device"),
    path("you/signed-in/left/", sessions.session_left, name="session_left"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/address/", addresses.address_ask, name="address_ask"),
    path("addresses/<int:pk>/", addresses.address_change, name="address_change"),
    path("addresses/link/<str:key>/", addresses.address_link, name="address_link"),
    path("people/<int:pk>/access-needs/", people.person_access_needs, name="person_access_needs"),
    path("messages/", messages.messages, name="messages"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("messages/<int:pk>/try-again/", messages.message_try_again, name="message_try_again"),
    path("jobs/<int:pk>/", job_views.job, name="job"),
    path("jobs/<int:pk>/try-again/", job_views.job_try_again, name="job_try_again"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("contact/", pages.contact, name="contact"),
    path("demo/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
    path("demo/mailbox/", mailbox.demo_mailbox, name="demo_mailbox"),
    path("demo/mailbox/<int:pk>/", mailbox.demo_mail, name="demo_mail"),
    path("demo/mailbox/<int:pk>/page/", mailbox.demo_mail_html, name="demo_mail_html"),
    path("demo/mailbox/<int:pk>/parts/<int:number>/", mailbox.demo_mail_part, name="demo_mail_part"),
]
