"""``manage.py appoint_editor ADDRESS``: who edits the case library, for the operator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from cases.editing import editors
from cases.models import Editor


class Command(BaseCommand):
    help = "Lets a person edit the case library; with --resign, no longer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the e-mail address of their account")
        parser.add_argument("--resign", action="store_true", help="they no longer edit it")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["address"]).first()
        if person is None:
            raise CommandError(f"Nobody has the address {options['address']}; they need an account first.")
        if not options["resign"]:
            editors.appoint(person, by=None)
            self.stdout.write(f"{person.email} edits the case library.")
            return
        editor = Editor.objects.filter(person=person).first()
        if editor is None:
            raise CommandError(f"{person.email} is no editor.")
        editors.release(editor, by=None, even_the_last=True)
        left = Editor.objects.count()
        self.stdout.write(f"{person.email} no longer edits the case library; {left} editors are left.")
