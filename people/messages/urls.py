"""Addresses of messages."""

from django.urls import path

from .views import mailbox, messages

urlpatterns = [
    path("messages/", messages.messages, name="messages"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("messages/<int:pk>/try-again/", messages.message_try_again, name="message_try_again"),
    path("demo/mailbox/", mailbox.demo_mailbox, name="demo_mailbox"),
    path("demo/mailbox/<int:pk>/", mailbox.demo_mail, name="demo_mail"),
    path("demo/mailbox/<int:pk>/page/", mailbox.demo_mail_html, name="demo_mail_html"),
    path("demo/mailbox/<int:pk>/parts/<int:number>/", mailbox.demo_mail_part, name="demo_mail_part"),
]
