"""Word lists for the clause analysis, one file a language, and how they are matched.

A lexicon is a trie over words: a clause is cut into words once, and each word is looked up once for all classes.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from cbm_advisor.lib.data_files import read_data

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_QUOTED: Final = re.compile(r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»')
_QUOTES: Final = frozenset('"“„«')
_GROUP: Final = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}")
_ENDS: Final = ""


class Word(NamedTuple):
    """A word or a punctuation mark of a text, in lower case, with its character offsets."""

    text: str
    start: int
    end: int


class Match(NamedTuple):
    """A phrase of the lexicon found in a text: its class and character offsets (end exclusive)."""

    category: str
    start: int
    end: int


class Lexicon:
    """The phrases of one language, ready to be matched."""

    def __init__(self, source: dict[str, Any]) -> None:
        self._trie: dict[str, Any] = {}
        prefixes: set[str] = set()
        for category, phrases in source["classes"].items():
            for phrase in itertools.chain.from_iterable(expand(p) for p in phrases):
                node = self._trie
                for token in _phrase_tokens(phrase):
                    if token.endswith("*"):
                        prefixes.add(token[:-1])
                    node = node.setdefault(token, {})
                node.setdefault(_ENDS, []).append(category)
        self._prefixes = tuple(sorted(prefixes))
        self.side = frozenset(source["side"])
        self.place_words = frozenset(source["places"])
        self.number_words = frozenset(source["numbers"])
        passive = source["passive"]
        self._auxiliaries = frozenset(passive["auxiliaries"])
        self._be, self._agent, self._endings = passive["be"], passive["agent"], tuple(passive["endings"])

    def matches(self, words: list[Word]) -> list[Match]:
        """Every phrase found, in order; within a class hits do not overlap (leftmost, then longest)."""
        found: list[Match] = []
        taken: dict[str, int] = {}
        trie = self._trie
        for i, word in enumerate(words):
            node = trie.get(word.text) or self._by_prefix(trie, word.text)
            if node is not None:
                for category, end in self._longest(node, words, i).items():
                    if word.start >= taken.get(category, 0):
                        taken[category] = end
                        found.append(Match(category, word.start, end))
        return found

    def _longest(self, node: dict[str, Any], words: list[Word], i: int) -> dict[str, int]:
        ends: dict[str, int] = {}
        while True:
            for category in node.get(_ENDS, ()):
                ends[category] = words[i].end
            i += 1
            following = None
            if i < len(words):
                following = node.get(words[i].text) or self._by_prefix(node, words[i].text)
            if following is None:
                return ends
            node = following

    def _by_prefix(self, node: dict[str, Any], word: str) -> dict[str, Any] | None:
        if not word.startswith(self._prefixes):
            return None
        return next((node[p + "*"] for p in self._prefixes if word.startswith(p) and p + "*" in node), None)

    def passive_without_agent(self, words: list[Word]) -> tuple[int, int] | None:
        """Offsets of the first passive ("shall be monitored") that no "by" follows in the clause."""
        last_agent = max((i for i, word in enumerate(words) if word.text == self._agent), default=-1)
        for i in range(len(words) - 2):
            if words[i].text in self._auxiliaries and words[i + 1].text == self._be and last_agent < i + 3:
                participle = words[i + 2]
                if participle.text.endswith(self._endings):
                    return words[i].start, participle.end
        return None

    def holds_number(self, text: str) -> bool:
        """Whether the text has a digit or a number word."""
        return any(c.isdigit() for c in text) or not self.number_words.isdisjoint(w.text for w in words_of(text))

    def names_place(self, text: str) -> bool:
        """Whether the text pins a place down: by a number, or by a map, list, annex or schedule."""
        return self.holds_number(text) or not self.place_words.isdisjoint(w.text for w in words_of(text))

    def postpones(self, text: str) -> bool:
        """Whether the text itself only postpones or is vague about time."""
        return any(m.category in ("postponed", "vague_time") for m in self.matches(words_of(text)))


@cache
def lexicon(language: str) -> Lexicon | None:
    """The lexicon for a BCP 47 tag (its primary language counts), or ``None`` if there is none."""
    primary = language.partition("-")[0].lower()
    if not primary.isalpha():
        return None
    path = Path(__file__).with_name(f"{primary}.yaml")
    return Lexicon(read_data(path)) if path.is_file() else None


def words_of(text: str) -> list[Word]:
    """Words and punctuation marks of a text outside double quotation marks; a quotation leaves one mark."""
    if _QUOTES.isdisjoint(text):
        return [Word(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    words: list[Word] = []
    start = 0
    for quoted in _QUOTED.finditer(text):
        words += [Word(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, quoted.start())]
        words.append(Word('"', quoted.start(), quoted.end()))
        start = quoted.end()
    words += [Word(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start)]
    return words


def expand(phrase: str) -> list[str]:
    """All phrases that a pattern stands for: ``[a|b]`` one of these, ``{a}`` optional."""
    group = _GROUP.search(phrase)
    if group is None:
        return [" ".join(phrase.split())]
    choices = group.group(1).split("|") if group.group(1) is not None else ["", *group.group(2).split("|")]
    before, after = phrase[: group.start()], phrase[group.end() :]
    return [whole for choice in choices for whole in expand(before + choice + after)]


def _phrase_tokens(phrase: str) -> list[str]:
    stem = phrase.removesuffix("*")
    tokens = _TOKEN.findall(stem)
    if stem != phrase:
        tokens[-1] += "*"
    return tokens
