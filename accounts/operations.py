"""Operations for migrations."""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


def listed_in(setting: str) -> str:
    """The ids that a setting lists, as SQL. The SELECT is evaluated once a statement, not once a row; the cast outside
    brings no work, but without it PostgreSQL would take the parentheses for a set of rows."""
    ids = f"string_to_array(nullif(nullif(current_setting('{setting}', true), '*'), ''), ',')::uuid[]"
    return f"((SELECT {ids})::uuid[])"


_SETTING: Final = "(SELECT current_setting('cbm.workspaces', true))"
OPEN: Final = f"workspace_id = ANY {listed_in('cbm.workspaces')} OR {_SETTING} = '*'"
"""The rows of the workspaces that the connection is told, as SQL."""


class Wall(Operation):
    """Row-level security on a model's table, which has a ``workspace``: rows of workspaces in the setting, no others.

    It also holds for the owner of the table, under whose role the application runs. See ``accounts.walls``.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = self._table(app_label, schema_editor, to_state)
        schema_editor.execute(f"CREATE POLICY walls ON {table} USING ({OPEN}) WITH CHECK ({OPEN})")
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = self._table(app_label, schema_editor, from_state)
        schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"DROP POLICY walls ON {table}")

    def describe(self) -> str:
        return f"Row-level security on {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        return f"wall_around_{self.model_name.lower()}"

    def _table(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: Any) -> str:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        return schema_editor.connection.ops.quote_name(table)
