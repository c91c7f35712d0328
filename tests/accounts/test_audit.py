"""The audit log holds what was written, and shows every change made behind our back."""

from __future__ import annotations

import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import audit, audit_chain
from accounts.audit_chain import verify
from accounts.models import AuditEntry, AuditHead, User, Workspace
from tests.personas import Person


def write(workspace: Workspace | None, count: int) -> None:
    for number in range(count):
        audit.record("tests.done", by=None, workspace=workspace, about=workspace, count=number, text="Größe", ok=True)


def behind_our_back(sql: str) -> None:
    """As somebody who owns the database and has switched the triggers off."""
    tables = ("accounts_auditentry", "accounts_audithead")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def command(*options: str) -> tuple[int, str]:
    """Exit code and everything said."""
    said = StringIO()
    try:
        call_command("verify_audit_log", *options, stdout=said, stderr=said)
    except SystemExit as stopped:
        return int(str(stopped.code)), said.getvalue()
    return 0, said.getvalue()


def test_entries_of_each_workspace_and_of_none_are_a_chain_of_their_own(
    workspace: Workspace, other_workspace: Workspace
) -> None:
    for where in (workspace, None, other_workspace, workspace, None):
        write(where, 1)
    for where, length in ((workspace, 2), (None, 2), (other_workspace, 1)):
        chain = list(AuditEntry.objects.filter(workspace=where).order_by("number"))
        assert [entry.number for entry in chain] == list(range(1, length + 1))
        assert [entry.previous_sha256 for entry in chain] == ["", *(entry.sha256 for entry in chain[:-1])]
    assert command()[0] == 0
    assert "3 chains with 5 entries verify." in command()[1]


def test_writing_asks_the_database_twice_beside_the_lock(workspace: Workspace) -> None:
    write(workspace, 1)
    with CaptureQueriesContext(connection) as queries:
        write(workspace, 1)
    assert len(queries) == 3, [query["sql"] for query in queries]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditentry SET verb = 'tests.nothing'",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
        "UPDATE accounts_audithead SET number = 0",
        "UPDATE accounts_audithead SET number = number + 2",
        "DELETE FROM accounts_audithead",
        "TRUNCATE accounts_audithead",
    ],
)
def test_database_refuses_to_change_the_log(workspace: Workspace, sql: str) -> None:
    write(workspace, 2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="audit"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert command("--workspace", str(workspace.pk))[0] == 0


CHANGES = {
    "entry 3 was changed": "UPDATE accounts_auditentry SET verb = 'tests.other' WHERE number = 3",
    "entry 2 was changed": "UPDATE accounts_auditentry SET at = at + interval '1us' WHERE number = 2",
    "entry 4 was changed": "UPDATE accounts_auditentry SET details = '{}' WHERE number = 4",
    "entry 1 is missing": "DELETE FROM accounts_auditentry WHERE number = 1",
    "entry 3 is missing": "DELETE FROM accounts_auditentry WHERE number = 3",
    "entry 5 is missing": "DELETE FROM accounts_auditentry WHERE number >= 5",
    "entry 6 was inserted": "UPDATE accounts_audithead SET number = 5, sha256 = "
    "(SELECT sha256 FROM accounts_auditentry WHERE number = 5)",
    "entry 1 is missing, and so is all": "DELETE FROM accounts_auditentry",
}


@pytest.mark.parametrize("wrong", CHANGES)
def test_first_entry_that_does_not_fit_is_named(workspace: Workspace, wrong: str) -> None:
    write(workspace, 6)
    behind_our_back(CHANGES[wrong])
    code, said = command()
    assert code == 1
    assert f"workspace {workspace.pk}: {wrong}" in said
    assert "1 of 1 chains do not verify." in said


def test_entry_that_was_rewritten_with_its_own_digest_does_not_go_unseen(workspace: Workspace) -> None:
    write(workspace, 3)
    for number, wrong in ((2, "entry 3 does not follow"), (3, "entry 3 is not the one that the head names")):
        with transaction.atomic():
            entry = AuditEntry.objects.get(number=number)
            entry.verb = "tests.other"
            behind_our_back(
                f"UPDATE accounts_auditentry SET verb = 'tests.other', sha256 = '{audit.digest(entry)}' "
                f"WHERE number = {number}"
            )
            assert verify(workspace.pk).wrong.startswith(wrong)
            transaction.set_rollback(True)


def test_chain_whose_head_is_gone_is_found(workspace: Workspace) -> None:
    write(workspace, 2)
    behind_our_back("DELETE FROM accounts_audithead")
    assert "entry 1 was inserted" in command()[1]


def test_long_chain_verifies_over_several_readings(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_chain, "AT_A_TIME", 10)
    write(workspace, 21)
    verdict = verify(workspace.pk)
    assert (verdict.number, verdict.wrong) == (21, "")


def test_entry_is_undone_with_what_it_tells_of(workspace: Workspace) -> None:
    write(workspace, 1)
    with transaction.atomic():
        write(workspace, 1)
        transaction.set_rollback(True)
    write(workspace, 1)
    assert [entry.number for entry in AuditEntry.objects.order_by("number")] == [1, 2]
    assert command()[0] == 0


@pytest.mark.usefixtures("transactional_db")
def test_who_write_at_once_stand_one_behind_the_other(workspace: Workspace) -> None:
    def work() -> None:
        write(workspace, 10)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditHead.objects.get().number == 40
    assert command() == (0, command()[1])


@pytest.mark.usefixtures("transactional_db")
def test_writing_waits_for_nobody_who_holds_the_workspace_or_the_person(workspace: Workspace, mediator: Person) -> None:
    write(workspace, 1)
    written: list[AuditEntry] = []

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        written.append(audit.record("tests.done", by=mediator.user, workspace=workspace))
        connection.close()

    assert mediator.user is not None
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        User.objects.select_for_update().get(pk=mediator.user.pk)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert [entry.number for entry in written] == [2]


def test_who_did_it_is_part_of_the_digest(workspace: Workspace, mediator: Person, observer: Person) -> None:
    audit.record("tests.done", by=mediator.user, workspace=workspace)
    assert observer.user is not None
    behind_our_back(f"UPDATE accounts_auditentry SET actor_id = {observer.user.pk}")
    assert "entry 1 was changed" in command()[1]
