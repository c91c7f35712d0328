"""Addresses of sharing, guest links, comments and transfer, below those of the proposals."""

from django.urls import URLPattern, path

from proposals.sharing import comment_views, guest_views, link_views, share_views, transfer_views

urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/sharing/", share_views.sharing_page, name="sharing"),
    path("<uuid:pk>/sharing/new/", share_views.share, name="share"),
    path("<uuid:pk>/sharing/<uuid:share_pk>/", share_views.change_share, name="change_share"),
    path("<uuid:pk>/sharing/<uuid:share_pk>/again/", share_views.send_again, name="send_share_again"),
    path("<uuid:pk>/sharing/<uuid:share_pk>/end/", share_views.end_share, name="end_share"),
    path("<uuid:pk>/sharing/give-up/", share_views.give_up, name="give_up_share"),
    path("<uuid:pk>/links/new/", link_views.make_link, name="make_link"),
    path("<uuid:pk>/links/<uuid:link_pk>/revoke/", link_views.revoke_link, name="revoke_link"),
    path("<uuid:pk>/transfer/", transfer_views.transfer, name="transfer"),
    path("<uuid:pk>/hand-over/", transfer_views.hand_over, name="hand_over"),
    path("<uuid:pk>/comments/", comment_views.comments_page, name="comments"),
    path("<uuid:pk>/comments/<int:comment_pk>/answer/", comment_views.answer, name="answer_comment"),
    path("<uuid:pk>/comments/<int:comment_pk>/settle/", comment_views.settle, name="settle_comment"),
    path("<uuid:pk>/comments/<int:comment_pk>/remove/", comment_views.remove, name="remove_comment"),
    path("guest/<str:token>/", guest_views.guest, name="guest"),
    path("guest/<str:token>/comment/", guest_views.comment, name="guest_comment"),
]
