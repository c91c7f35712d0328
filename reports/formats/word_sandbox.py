"""The language of tags in Word templates: what may be said with them, and how much work they may cause.

Templates are strangers' programs. Few words of jinja2 are allowed and no calls, so that nothing can be reached but what is
handed in, and each round of a loop and each text is paid from a budget, so that a template cannot hold a worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from reports.formats.word_text import clean

BUDGET: Final = 20_000_000
"""What filling in a template may cost, in characters and their like."""
A_ROUND: Final = 200
A_NODE: Final = 20

ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test,
    nodes.Filter, nodes.List, nodes.Tuple,
)  # fmt: skip
FILTERS: Final = frozenset(
    {"capitalize", "count", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper"}
)
TESTS: Final = frozenset({"defined", "even", "none", "odd", "string", "undefined"})
LOOP: Final = frozenset({"depth", "depth0", "first", "index", "index0", "last", "length", "revindex", "revindex0"})
FORBIDDEN: Final = {
    nodes.Call: "calls", nodes.Assign: "set", nodes.AssignBlock: "set", nodes.Macro: "macro", nodes.Include: "include",
    nodes.Import: "import", nodes.FromImport: "from", nodes.Extends: "extends", nodes.Block: "block", nodes.Mul: "*",
    nodes.Pow: "**", nodes.Add: "+", nodes.Sub: "-", nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%",
    nodes.Concat: "~", nodes.Slice: "[:]", nodes.CallBlock: "call", nodes.FilterBlock: "filter", nodes.With: "with",
}  # fmt: skip


class TooMuchError(Exception):
    """A template wants more work than it may cause."""


class Sandbox(SandboxedEnvironment):
    """An environment for one file: its budget is spent once."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=self._shown)
        self.filters = {name: self.filters[name] for name in FILTERS} | {"_paid": self._paid, "_round": self._rounds}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.globals = {}
        self.left = BUDGET

    def spend(self, cost: int) -> None:
        """Takes from the budget. Raises ``TooMuchError`` when nothing is left."""
        self.left -= cost
        if self.left < 0:
            raise TooMuchError

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            _check(node)
        return _Meter().visit(tree)  # type: ignore[no-any-return]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A value by its name; never an attribute of a Python object."""
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A value of a row, or an entry of a list."""
        try:
            if isinstance(obj, dict | list):
                return obj[argument]
        except (LookupError, TypeError):
            pass
        if isinstance(obj, Undefined):
            return obj
        kind = obj.get("type", "") if isinstance(obj, dict) else ""
        return self.undefined(f"there is no “{argument}” in {f'a “{kind}”' if kind else 'this'}")

    def _paid(self, value: Any) -> Any:
        self.spend(len(value) if isinstance(value, str) else 1)
        return value

    def _rounds(self, values: Iterable[Any], cost: int) -> Iterator[Any]:
        for value in values:
            self.spend(cost)
            yield value

    def _shown(self, value: Any) -> Any:
        """A value where it is shown: text cleaned and escaped, its lines broken."""
        if value is None:
            return ""
        if isinstance(value, Undefined) or (hasattr(value, "__html__") and not isinstance(value, str)):
            return value
        if isinstance(value, Markup):
            self.spend(len(value))
            return value
        if isinstance(value, list | dict):
            raise TypeError("a list is shown by a loop")
        text = escape(clean(str(value)))
        self.spend(len(text))
        return Markup(text.replace("\n", _BREAK.format("br")).replace("\t", _BREAK.format("tab")))  # noqa: S704


_BREAK: Final = '</w:t><w:{}/><w:t xml:space="preserve">'


def _check(node: nodes.Node) -> None:
    """Refuses what the language of tags does not have."""
    reason = ""
    if not isinstance(node, ALLOWED):
        reason = f"“{FORBIDDEN.get(type(node), type(node).__name__.lower())}” cannot be used here"
    elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
        reason = f"there is no filter “{node.name}”"
    elif isinstance(node, nodes.Test) and node.name not in TESTS:
        reason = f"there is no test “{node.name}”"
    elif isinstance(node, nodes.For) and node.recursive:
        reason = "“recursive” cannot be used here"
    elif isinstance(node, nodes.Compare) and any(_is_search(operand) for operand in node.ops):
        reason = 'behind “in” belongs a list of words, such as ["a", "b"]'
    if reason:
        raise TemplateSyntaxError(reason, node.lineno)


def _is_search(operand: nodes.Operand) -> bool:
    return operand.op in ("in", "notin") and not isinstance(operand.expr, nodes.List)


class _Meter(NodeTransformer):
    """Has every round of a loop and every outcome of a filter paid."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        cost = A_ROUND + sum(
            len(each.data) if isinstance(each, nodes.TemplateData) else A_NODE for each in node.find_all(nodes.Node)
        )
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "_round", [nodes.Const(cost)], [], None, None, lineno=node.lineno)
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Filter:  # noqa: N802
        self.generic_visit(node)
        return nodes.Filter(node, "_paid", [], [], None, None, lineno=node.lineno)
