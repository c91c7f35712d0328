"""Operations for migrations of tables below a proposal: they follow it to another workspace, and are seen with it.

A new table with ``proposal`` and ``workspace`` says ``*below_a_proposal("edit")`` in its migration and needs no other wall.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from accounts.operations import OPEN, Wall, listed_in

# Each inner SELECT is evaluated once a statement, and only for a row that the first condition does not let through.
MINE: Final = "person_id = (SELECT nullif(current_setting('cbm.person', true), '')::bigint)"
SHARED: Final = f"SELECT proposal_id FROM proposals_share WHERE {MINE}"  # noqa: S608  no input


def open_through(column: str) -> str:
    """The condition that the proposal in ``column`` is shared with who asks, or open by itself."""
    return f"{column} = ANY (ARRAY({SHARED})) OR {column} = ANY {listed_in('cbm.proposals')}"


THROUGH_REVISION: Final = (
    f"revision_id = ANY (ARRAY(SELECT id FROM proposals_revision WHERE proposal_id = ANY (ARRAY({SHARED}))))"  # noqa: S608
)


class SharedWall(Wall):
    """A wall through which those get, beside the workspace, with whom the proposal is shared.

    They read, add and change rows; only the workspace takes rows away. ``through``: the condition that lets them;
    ``to_read_only``: they change nothing.
    """

    def __init__(
        self, model_name: str, through: str = open_through("proposal_id"), *, to_read_only: bool = False
    ) -> None:
        super().__init__(model_name)
        self.through = through
        self.to_read_only = to_read_only

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As it was written."""
        return type(self).__name__, [self.model_name, self.through], {"to_read_only": self.to_read_only}

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = self._table(app_label, schema_editor, to_state)
        seen = f"{OPEN} OR {self.through}"
        written = OPEN if self.to_read_only else seen
        for name, how in (
            ("walls", f"FOR SELECT USING ({seen})"),
            ("walls_adding", f"FOR INSERT WITH CHECK ({written})"),
            ("walls_changing", f"FOR UPDATE USING ({written}) WITH CHECK ({written})"),
            ("walls_removing", f"FOR DELETE USING ({OPEN})"),
        ):
            schema_editor.execute(f"CREATE POLICY {name} ON {table} {how}")
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)
        table = self._table(app_label, schema_editor, from_state)
        for name in ("walls_adding", "walls_changing", "walls_removing"):
            schema_editor.execute(f"DROP POLICY {name} ON {table}")


class NoWall(Wall):
    """Takes a former wall down, for another one."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_backwards(app_label, schema_editor, to_state, from_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_forwards(app_label, schema_editor, to_state, from_state)

    def describe(self) -> str:
        return f"No row-level security on {self.model_name}"


class Follows(Operation):
    """Holds a table's workspace to that of its proposal, or of its revision, and changes it when that one's changes."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str, parent: str = "proposal") -> None:
        self.model_name = model_name
        self.parent = parent

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(
            f"ALTER TABLE {self._table(app_label, to_state)} ADD CONSTRAINT {self._name()} "
            f"FOREIGN KEY ({self.parent}_id, workspace_id) REFERENCES proposals_{self.parent} (id, workspace_id) "
            "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED"
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(f"ALTER TABLE {self._table(app_label, from_state)} DROP CONSTRAINT {self._name()}")

    def describe(self) -> str:
        return f"{self.model_name} follows its {self.parent}"

    def _name(self) -> str:
        return f"a_{self.model_name.lower()}_is_in_its_{self.parent}s_workspace"

    def _table(self, app_label: str, state: Any) -> str:
        return str(state.apps.get_model(app_label, self.model_name)._meta.db_table)


def below_a_proposal(model_name: str) -> list[Operation]:
    """All that the table of a model with ``proposal`` and ``workspace`` needs: it follows and is seen with its proposal."""
    return [Follows(model_name), SharedWall(model_name)]
