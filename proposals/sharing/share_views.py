"""The page that says who can see a proposal and why, and what is done there with shares."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import mail
from accounts.models import User
from accounts.pages import confidential, person_of
from accounts.rules import DRAFTING
from proposals.access import proposal_for
from proposals.models import Proposal, Share
from proposals.sharing import domain
from proposals.sharing.access import heirs_of, own_share_for, share_for, who_sees, workspaces_to_move_to
from proposals.sharing.forms import HandOverForm, KindForm, LinkForm, ShareForm

log = logging.getLogger(__name__)


@require_GET
@confidential
def sharing_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who can see a proposal and why; with all ways to change that."""
    person = person_of(request)
    return render_sharing(request, proposal_for(person, pk, to="share"))


def render_sharing(
    request: HttpRequest,
    proposal: Proposal,
    *,
    share_form: ShareForm | None = None,
    link_form: LinkForm | None = None,
) -> HttpResponse:
    """The page, with a form that was not right."""
    person = person_of(request)
    who = who_sees(proposal)
    wrong = any(form is not None and form.errors for form in (share_form, link_form))
    context = {
        "proposal": proposal,
        "workspace": proposal.workspace,
        "drafting": [each for each in who.members if each.role in DRAFTING],
        "reading": [each for each in who.members if each.role not in DRAFTING],
        "shares": [(each, KindForm.of(each)) for each in who.shares],
        "links": who.links,
        "share_form": share_form or ShareForm(),
        "link_form": link_form or LinkForm(numbers=numbers_of(proposal)),
        "hand_over_form": HandOverForm(people=heirs_of(proposal), initial={"person": proposal.in_charge}),
        "may_move": bool(workspaces_to_move_to(person, proposal)),
    }
    return render(request, "proposals/sharing/sharing.html", context, status=422 if wrong else 200)


def numbers_of(proposal: Proposal) -> list[int]:
    """The numbers of its revisions, the newest first."""
    return list(proposal.revisions.values_list("number", flat=True))


@require_POST
@confidential
def share(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Shares a proposal with an address, and sends a letter there."""
    person = person_of(request)
    proposal = proposal_for(person, pk, to="share")
    form = ShareForm(request.POST)
    if form.is_valid():
        email, opened = form.cleaned_data["email"], form.reads_confidential
        verb = partial(domain.share, proposal, email, form.kind, by=person, reads_confidential=opened)
        error = _sent(request, verb, by=person)
        if error is None:
            messages.success(
                request, _("Shared. A letter with the way here is on its way to %(email)s.") % {"email": email}
            )
            return redirect("proposals:sharing", pk)
        form.add_error(*error)
    return render_sharing(request, proposal, share_form=form)


def _sent(request: HttpRequest, verb: Callable[[], tuple[Share, str]], *, by: User) -> tuple[str | None, str] | None:
    """Does what leads to a letter, and sends it: both or none. What went wrong, with its field, or ``None``."""
    try:
        with transaction.atomic():
            shared, path = verb()
            told = {"share": shared, "by": by, "link": mail.link(path, request)}
            mail.send("proposals/mail/shared", shared.email, told)
    except domain.NeedlessShareError:
        return "email", _("This person drafts in the workspace, and so can do everything here already.")
    except domain.AlreadySharedError:
        return "email", _("The proposal is shared with this address already. Change what it may do in the list above.")
    except OSError:
        log.exception("A letter about a share could not be sent")
        return None, _("The e-mail could not be sent, so nothing was shared. Try again in a minute.")
    return None


@require_POST
def send_again(request: HttpRequest, pk: uuid.UUID, share_pk: uuid.UUID) -> HttpResponse:
    """Sends the letter once more."""
    person = person_of(request)
    given = share_for(person, pk, share_pk)
    error = _sent(request, lambda: domain.send_again(given, by=person), by=person)
    if error is None:
        messages.success(request, _("Another letter is on its way to %(email)s.") % {"email": given.email})
    else:
        messages.error(request, _("The e-mail could not be sent. Try again in a minute."))
    return redirect("proposals:sharing", pk)


@require_POST
def change_share(request: HttpRequest, pk: uuid.UUID, share_pk: uuid.UUID) -> HttpResponse:
    """Changes what a person may do."""
    person = person_of(request)
    given = share_for(person, pk, share_pk)
    form = KindForm(request.POST)
    if form.is_valid():
        try:
            domain.change_share(given, form.kind, by=person, reads_confidential=form.reads_confidential)
        except Share.DoesNotExist:
            raise Http404 from None
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose what the person may do. Nothing was changed."))
    return redirect("proposals:sharing", pk)


@require_http_methods(["GET", "POST"])
@confidential
def end_share(request: HttpRequest, pk: uuid.UUID, share_pk: uuid.UUID) -> HttpResponse:
    """Asks whether to take a proposal back from a person, and does."""
    person = person_of(request)
    given = share_for(person, pk, share_pk)
    if request.method == "POST":
        domain.end_share(given, by=person)
        messages.success(request, _("%(email)s no longer has access by a share.") % {"email": given.email})
        return redirect("proposals:sharing", pk)
    context = {"share": given, "proposal": given.proposal, "workspace": given.proposal.workspace}
    return render(request, "proposals/sharing/end_share.html", context)


@require_http_methods(["GET", "POST"])
@confidential
def give_up(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The person takes themselves off a proposal that was shared with them."""
    person = person_of(request)
    proposal = own_share_for(person, pk)
    if request.method == "POST":
        domain.give_up_share(proposal, by=person)
        messages.success(request, _("The proposal is no longer shared with you."))
        return redirect("home")
    return render(request, "proposals/sharing/give_up.html", {"proposal": proposal, "workspace": proposal.workspace})
