"""PostgreSQL and Redis as a state folder finds them: new, used, killed, half-written."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from accounts.checks import PASSES
from cbm_advisor.services import postgres
from cbm_advisor.services.embedded import embedded_services
from cbm_advisor.services.errors import ServiceError
from cbm_advisor.services.postgres import ROLE, SUPERUSER, Postgres
from cbm_advisor.services.state import StateFolder


def lower_case(services_url: str, text: str) -> str:
    """What the database makes of upper-case letters."""
    with psycopg.connect(services_url) as connection:
        row = connection.execute("SELECT lower(%s)", [text]).fetchone()
    assert row
    return str(row[0])


def test_services_start_in_a_long_path_with_spaces_and_keep_their_data(state: StateFolder) -> None:
    with state.held(), embedded_services(state) as services:
        with psycopg.connect(services.environment["DATABASE_URL"]) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'still here' AS text")
        redis.from_url(services.environment["REDIS_URL"]).rpush("queue", "a report")
    with state.held(), embedded_services(state) as services:
        with psycopg.connect(services.environment["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT text FROM kept").fetchone() == ("still here",)
        assert redis.from_url(services.environment["REDIS_URL"]).lrange("queue", 0, -1) == [b"a report"]


def test_the_database_speaks_utf_8_in_every_script(state: StateFolder) -> None:
    with state.held(), embedded_services(state, durable=False) as services:
        assert lower_case(services.environment["DATABASE_URL"], "ÀÉÎ ΣΟΦΙΑ МИР") == "àéî σοφια мир"


def role_and_owners(url: str) -> tuple[list[tuple[str]], set[str], str]:
    """The role if it passes through row-level security, who owns the tables and routines, and who the database."""
    with psycopg.connect(url) as connection:
        passes = connection.execute(PASSES).fetchall()
        owners = connection.execute(
            "SELECT relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "UNION SELECT proowner::regrole::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        ).fetchall()
        of_database = connection.execute(
            "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"
        )
        row = of_database.fetchone()
    assert row
    return passes, {owner for (owner,) in owners}, row[0]


def test_the_application_owns_its_database_and_is_no_superuser(state: StateFolder) -> None:
    with state.held(), embedded_services(state, durable=False) as services:
        url = services.environment["DATABASE_URL"]
        assert role_and_owners(url) == ([], set(), ROLE)
        with psycopg.connect(url.replace(f"//{ROLE}@", f"//{SUPERUSER}@")) as connection:
            assert connection.execute(PASSES).fetchall() == [(SUPERUSER,)]


def test_data_of_a_release_whose_application_was_superuser_goes_on_without_that(
    state: StateFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before, state.held():
        before.setattr(postgres, "SUPERUSER", ROLE)
        before.setattr(postgres, "DATABASES_OF_THE_SUPERUSER", "SELECT 1 WHERE false")
        before.setattr(postgres, "THINGS_OF_THE_SUPERUSER", "SELECT 1 WHERE false")
        with (
            embedded_services(state, durable=False) as services,
            psycopg.connect(services.environment["DATABASE_URL"], autocommit=True) as connection,
        ):
            assert connection.execute(PASSES).fetchall() == [(ROLE,)]
            connection.execute("CREATE TABLE kept (id bigint GENERATED ALWAYS AS IDENTITY, number serial, text text)")
            connection.execute("INSERT INTO kept (text) VALUES ('still here')")
            connection.execute("CREATE VIEW seen AS SELECT text FROM kept")
            connection.execute("CREATE FUNCTION two(number int) RETURNS int LANGUAGE sql AS 'SELECT 2'")
            connection.execute("CREATE DATABASE another")
    for _ in range(2):
        with state.held(), embedded_services(state, durable=False) as services:
            url = services.environment["DATABASE_URL"]
            assert role_and_owners(url) == ([], {ROLE}, ROLE)
            assert role_and_owners(f"{url.rpartition('/')[0]}/another")[2] == ROLE
            with psycopg.connect(url) as connection:
                connection.execute("INSERT INTO kept (text) VALUES ('and more')")
                assert connection.execute("SELECT text FROM seen").fetchone() == ("still here",)


def test_the_servers_listen_on_sockets_only(state: StateFolder) -> None:
    with state.held(), embedded_services(state, durable=False) as services:
        for running in services.running:
            assert psutil.Process(running.process.pid).net_connections("inet") == []


def test_others_cannot_enter_the_folder_of_the_sockets(state: StateFolder) -> None:
    with state.held(), embedded_services(state, durable=False):
        assert Path((state.path / "sockets").read_text()).stat().st_mode & 0o077 == 0


def test_others_can_enter_neither_data_nor_logs(state: StateFolder) -> None:
    (state.path / "redis").mkdir(parents=True, mode=0o755)
    with state.held(), embedded_services(state, durable=False):
        for folder in ("redis", "logs", "postgres"):
            assert (state.path / folder).stat().st_mode & 0o077 == 0


def test_nothing_is_left_behind(state: StateFolder) -> None:
    with state.held(), embedded_services(state, durable=False) as services:
        sockets = Path((state.path / "sockets").read_text())
        processes = [running.process.pid for running in services.running]
    assert not sockets.exists()
    assert not any(psutil.pid_exists(pid) for pid in processes)
    assert {entry.name for entry in state.path.iterdir()} <= {"postgres", "postgres-is-at", "redis", "logs"}


def test_a_half_written_database_is_set_aside_and_told(state: StateFolder) -> None:
    (state.path / "postgres" / "base").mkdir(parents=True)
    with state.held(), embedded_services(state, durable=False) as services:
        assert "was not a complete database" in services.notices[0]
        assert lower_case(services.environment["DATABASE_URL"], "A") == "a"
    assert (state.path / "postgres.broken-1" / "base").is_dir()


def test_an_interrupted_making_of_the_database_is_begun_anew(state: StateFolder) -> None:
    (state.path / "postgres.new" / "base").mkdir(parents=True)
    with state.held(), embedded_services(state, durable=False) as services:
        assert services.notices == []
        assert lower_case(services.environment["DATABASE_URL"], "A") == "a"


def test_a_lock_whose_number_belongs_to_another_process_now_is_no_obstacle(state: StateFolder) -> None:
    with state.held(), embedded_services(state, durable=False) as services:
        data = next(each.server.data for each in services.running if isinstance(each.server, Postgres))
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")
    with state.held(), embedded_services(state, durable=False) as services:
        assert lower_case(services.environment["DATABASE_URL"], "A") == "a"


def test_servers_of_a_killed_run_are_ended_by_the_next(state: StateFolder) -> None:
    sleeper = subprocess.Popen(["sleep", "600"])
    with state.held():
        state.remember(sleeper.pid, signal.SIGTERM)
    with state.held():
        assert not psutil.pid_exists(sleeper.pid)
    sleeper.wait()


def test_a_recorded_number_that_belongs_to_another_process_now_is_left_alone(state: StateFolder) -> None:
    sleeper = subprocess.Popen(["sleep", "600"])
    with state.held():
        state.remember(sleeper.pid, signal.SIGTERM)
        record = state.path / "processes.json"
        record.write_text(record.read_text().replace('"created": ', '"created": 1'))
    with state.held():
        assert sleeper.poll() is None
    sleeper.kill()
    sleeper.wait()


def test_a_folder_in_use_is_told_with_the_process_that_holds_it(state: StateFolder) -> None:
    with (
        state.held(),
        embedded_services(state, durable=False),
        pytest.raises(ServiceError, match=rf"in use by another run \(process {os.getpid()}\).*CBM_VAR"),
        StateFolder(state.path).held(),
    ):
        pytest.fail("Two runs hold one folder.")


def test_data_of_another_version_is_told_and_left_alone(state: StateFolder) -> None:
    (state.path / "postgres" / "global").mkdir(parents=True)
    (state.path / "postgres" / "global" / "pg_control").touch()
    (state.path / "postgres" / "PG_VERSION").write_text("9\n")
    with (
        state.held(),
        pytest.raises(ServiceError, match="made by PostgreSQL 9"),
        embedded_services(state, durable=False),
    ):
        pytest.fail("It started.")
    assert (state.path / "postgres" / "PG_VERSION").read_text() == "9\n"


def test_a_damaged_queue_is_told_with_what_to_do(state: StateFolder) -> None:
    (state.path / "redis").mkdir(parents=True)
    (state.path / "redis" / "appendonly.aof").write_text("this is no queue")
    (state.path / "redis" / "appendonlydir").mkdir()
    (state.path / "redis" / "appendonlydir" / "appendonly.aof.manifest").write_text("this is no manifest")
    with (
        state.held(),
        pytest.raises(ServiceError, match=r"Redis did not start.*(?s:.*)move .* away"),
        embedded_services(state),
    ):
        pytest.fail("It started.")


def test_servers_named_in_the_environment_replace_ours(state: StateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere/1")
    with state.held(), embedded_services(state) as services:
        assert services.running == []
        assert services.environment == {
            "DATABASE_URL": "postgresql://somewhere/else",
            "REDIS_URL": "redis://somewhere/1",
        }


def test_root_runs_the_database_under_another_account_even_where_that_one_cannot_enter(
    state: StateFolder, folder: Path
) -> None:
    folder.parent.chmod(0o700)
    with state.held(), embedded_services(state, durable=False) as services:
        assert lower_case(services.environment["DATABASE_URL"], "A") == "a"
        owners = {psutil.Process(running.process.pid).uids().real for running in services.running}
        assert (0 in owners and len(owners) == 2) if os.geteuid() == 0 else owners == {os.geteuid()}
    with state.held(), embedded_services(state, durable=False) as services:
        assert services.notices == []
