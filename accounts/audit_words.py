"""What audit entries say to people. An app's verbs are told here, so that the log reads as one text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, Membership, User

SENTENCES: Final = {
    "accounts.audit_exported": _("%(actor)s exported the audit log"),
    "accounts.invited": _("%(actor)s invited %(email)s as %(role)s"),
    "accounts.invitation_withdrawn": _("%(actor)s withdrew an invitation"),
    "accounts.joined": _("%(actor)s joined as %(role)s"),
    "accounts.email_changed": _("%(actor)s changed their e-mail address"),
    "accounts.password_changed": _("%(actor)s changed their password"),
    "accounts.password_reset": _("%(actor)s chose a new password by a link from an e-mail"),
    "accounts.recovery_codes_made": _("%(actor)s made new recovery codes"),
    "accounts.role_changed": _("%(actor)s changed the role of %(person)s from %(before)s to %(after)s"),
    "accounts.member_removed": _("%(actor)s removed %(person)s from the workspace"),
    "accounts.left": _("%(actor)s left the workspace"),
    "accounts.second_factor_added": _("%(actor)s added a second step at sign-in (%(kind)s)"),
    "accounts.second_factor_removed": _("%(actor)s removed a second step at sign-in (%(kind)s)"),
    "accounts.session_ended": _("%(actor)s signed a browser out"),
    "accounts.settings_changed": _("%(actor)s changed settings of the workspace (%(fields)s)"),
    "accounts.signed_in": _("%(actor)s signed in (%(method)s)"),
    "accounts.signed_out": _("%(actor)s signed out"),
    "accounts.workspace_created": _("%(actor)s made the workspace"),
    "cases.correction_answered": _("%(actor)s answered a suggested correction of the case %(case)s"),
    "cases.correction_suggested": _("%(actor)s suggested a correction of the case %(case)s"),
    "cases.draft_begun": _("%(actor)s began a draft of the case %(case)s (version %(version)s)"),
    "cases.draft_saved": _("%(actor)s saved a draft of the case %(case)s (version %(version)s)"),
    "cases.editor_appointed": _("%(actor)s made %(person)s an editor of the case library"),
    "cases.editor_released": _("%(actor)s released %(person)s as an editor of the case library"),
    "cases.published": _("%(actor)s published version %(version)s of the case %(case)s"),
    "cases.set_aside": _("%(actor)s set version %(version)s of the case %(case)s aside"),
    "cases.withdrawn": _("%(actor)s took the case %(case)s out of the library"),
    "cases.shelf_exported": _("%(actor)s downloaded their shelf of cases as %(kind)s (cases: %(cases)s)"),
    "proposals.archived": _("%(actor)s archived a proposal"),
    "proposals.unarchived": _("%(actor)s put an archived proposal back"),
    "proposals.confidential_opened": _("%(actor)s decided who else may read confidential parts (%(roles)s)"),
    "proposals.imported": _("%(actor)s started a proposal"),
    "proposals.revision_saved": _("%(actor)s saved revision %(revision)s"),
    "proposals.revision_restored": _("%(actor)s restored revision %(restored)s as revision %(revision)s"),
    "proposals.variant_branched": _("%(actor)s branched a variant from revision %(branched_at)s of proposal %(base)s"),
    "proposals.confidential_viewed": _("%(actor)s saw confidential parts of revision %(revision)s"),
    "proposals.downloaded": _("%(actor)s downloaded revision %(revision)s as %(kind)s"),
    "proposals.exported": _("%(actor)s took proposals along as %(kind)s (proposals: %(proposals)s, whole: %(whole)s)"),
    "proposals.shared": _("%(actor)s shared a proposal with %(email)s as %(kind)s"),
    "proposals.share_accepted": _("%(actor)s accepted a share of a proposal as %(kind)s"),
    "proposals.share_changed": _("%(actor)s changed what %(email)s may do with a proposal (now %(kind)s)"),
    "proposals.share_ended": _("%(actor)s took a proposal back from %(email)s"),
    "proposals.share_left": _("%(actor)s gave up their share of a proposal"),
    "proposals.share_sent_again": _("%(actor)s sent %(email)s the way to a proposal again"),
    "proposals.link_made": _("%(actor)s made a guest link for %(label)s, good for %(days)s days"),
    "proposals.link_revoked": _("%(actor)s took back the guest link for %(label)s"),
    "proposals.link_opened": _("Somebody opened a proposal by the guest link for %(label)s"),
    "proposals.link_refused": _("Somebody gave a wrong password for the guest link for %(label)s"),
    "proposals.link_commented": _("%(guest)s commented on a proposal by the guest link for %(label)s"),
    "proposals.commented": _("%(actor)s commented on revision %(revision)s"),
    "proposals.comment_answered": _("%(actor)s answered a comment on revision %(revision)s"),
    "proposals.comment_settled": _("%(actor)s settled a comment on revision %(revision)s"),
    "proposals.comment_reopened": _("%(actor)s opened a comment on revision %(revision)s again"),
    "proposals.comment_removed": _("%(actor)s took away a comment on revision %(revision)s by %(author)s"),
    "proposals.transferred_out": _("%(actor)s moved a proposal to the workspace %(to)s"),
    "proposals.transferred_in": _("%(actor)s moved a proposal here from the workspace %(origin)s"),
    "proposals.handed_over": _("%(actor)s handed a proposal over to %(heir)s"),
    "proposals.deleted": _("%(actor)s deleted a proposal"),
    "proposals.restored": _("%(actor)s put a deleted proposal back"),
    "proposals.purged": _(
        "%(actor)s removed a deleted proposal for good (revisions: %(revisions)s, reports: %(reports)s)"
    ),
    "reports.look_changed": _("%(actor)s changed how reports look (look %(number)s: %(fields)s)"),
    "reports.look_restored": _("%(actor)s put look %(restored)s of reports in force again, as look %(number)s"),
    "reports.template_downloaded": _("%(actor)s downloaded the Word template of look %(number)s of reports"),
    "reports.shelf_requested": _("%(actor)s asked for a report of their shelf of cases"),
    "reports.shelf_downloaded": _("%(actor)s downloaded a report of their shelf of cases"),
    "reports.shelf_retried": _("%(actor)s asked again for a report of their shelf of cases"),
    "reports.shelf_cancelled": _("%(actor)s cancelled a report of their shelf of cases"),
    "reports.shelf_removed": _("%(actor)s deleted a report of their shelf of cases"),
    "reports.batch_requested": _("%(actor)s asked for reports of several proposals (%(number)s, %(audience)s)"),
    "reports.batch_downloaded": _("%(actor)s downloaded reports of several proposals (%(number)s, %(audience)s)"),
    "reports.batch_retried": _("%(actor)s asked again for reports of several proposals (%(number)s)"),
    "reports.batch_cancelled": _("%(actor)s cancelled reports of several proposals (%(number)s)"),
    "reports.batch_removed": _("%(actor)s deleted reports of several proposals (%(number)s)"),
    "reports.requested": _("%(actor)s asked for a report of revision %(revision)s (%(format)s, %(audience)s)"),
    "reports.downloaded": _("%(actor)s downloaded a report of revision %(revision)s (%(format)s, %(audience)s)"),
    "reports.retried": _("%(actor)s asked again for a report of revision %(revision)s (%(format)s, %(audience)s)"),
    "reports.cancelled": _("%(actor)s cancelled a report of revision %(revision)s (%(format)s, %(audience)s)"),
    "reports.removed": _("%(actor)s deleted a report of revision %(revision)s (%(format)s, %(audience)s)"),
}
"""A sentence a verb, filled from ``actor``, ``person`` (whom it was done to) and the entry's details."""


class _Blanks(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"


def deeds() -> list[tuple[str, str]]:
    """Every verb with its sentence, its blanks open and without who did it, by that sentence."""
    open_sentences = {verb: str(sentence) % _Blanks() for verb, sentence in SENTENCES.items()}
    return sorted(
        ((verb, capfirst(sentence.removeprefix("…").strip())) for verb, sentence in open_sentences.items()),
        key=lambda deed: deed[1],
    )


PAGES: Final = {
    "proposals.proposal": (_("proposal %(id)s"), "proposals:proposal"),
    "reports.report": (_("report %(id)s"), "reports:report"),
}
"""Where things have their pages: no app is imported for it."""


class Line(NamedTuple):
    """An entry in words. ``address``: the page of what it was done to, if it has one; ``subject``: its name."""

    entry: AuditEntry
    sentence: str
    subject: str
    address: str


def lines(entries: Sequence[AuditEntry]) -> list[Line]:
    """The entries in words; asks for the people they were done to in one query."""
    ids = {entry.subject_id for entry in entries if entry.subject_type == User._meta.label_lower}
    people = {str(person.pk): str(person) for person in User.objects.filter(pk__in=ids)} if ids else {}
    return [Line(entry, _sentence(entry, people), *_subject(entry)) for entry in entries]


def _sentence(entry: AuditEntry, people: Mapping[str, str]) -> str:
    said = {name: _worded(value) for name, value in (FIRST_REPORTS | entry.details).items()}
    said["actor"] = str(entry.actor) if entry.actor is not None else gettext("The system")
    if entry.subject_id in people:
        said.setdefault("person", people[entry.subject_id])
    try:
        return str(SENTENCES[entry.verb]) % said
    except KeyError:
        details = f" {json.dumps(entry.details, ensure_ascii=False, sort_keys=True)}" if entry.details else ""
        return f"{said['actor']}: {entry.verb}{details}"


FIRST_REPORTS: Final = {"format": "pdf", "audience": "internal"}
"""What all reports were before entries said so."""

WORDS: Final = {
    "co_drafter": _("co-drafter"),
    "pdf": _("PDF"),
    "pdfa": _("PDF/A"),
    "docx": _("Word"),
    "xlsx": _("spreadsheet"),
    "csv": _("CSV"),
    "json": _("JSON"),
    "zip": _("ZIP archive"),
    "internal": _("for us alone"),
    "parties": _("to share with the parties"),
}


def _worded(value: object) -> str:
    """Roles, formats and audiences by their names, everything else as it is."""
    words = {role.value: str(role.label).lower() for role in Membership.Role} | WORDS
    return str(words.get(str(value), value))


def _subject(entry: AuditEntry) -> tuple[str, str]:
    if entry.subject_type not in PAGES:
        return "", ""
    name, page = PAGES[entry.subject_type]
    return str(name) % {"id": entry.subject_id[:8]}, reverse(page, args=[entry.subject_id])
