import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("functions, classes, attributes, constants", async () => {
  const text = `
LIMIT = 10
def _open(path: str, *, mode="r") -> File:  # opens
    local = 1
async def fetch(
    url: str,  # where
    timeout: float = 1.0,
) -> bytes: ...
class User(Base):
    name: str
    def __init__(self, name):
        self.name = name
        if name:
            self._seen: bool = True
    @property
    def label(self) -> str:
        return self.name
    @label.setter
    def label(self, value): ...
    class Meta:
        ordering = ["name"]
`;
  assert.deepEqual(await outlineOf("python", text), [
    "variable* LIMIT = 10",
    'function def _open(path: str, *, mode="r") -> File',
    "function* async def fetch(url: str, timeout: float = 1.0,) -> bytes",
    "class* class User(Base)",
    "  property* name: str",
    "  method* def __init__(self, name)",
    "  property self._seen: bool = True",
    "  property* def label(self) -> str",
    "  class* class Meta",
    '    property* ordering = ["name"]',
  ]);
});

test("fields of a dataclass and members of an enumeration", async () => {
  const text = `
@dataclass(frozen=True)
class Item(Generic[T]):
    price: int
    tags: list[str] = field(default_factory=list)
class Kind(str, Enum):
    BOOK = "book"
    TOY = auto()
    def label(self): ...
`;
  assert.deepEqual(await outlineOf("python", text), [
    "class* class Item(Generic[T])",
    "  property* price: int",
    "  property* tags: list[str] = field(default_factory=list)",
    "enum* class Kind(str, Enum)",
    '  enum-member* BOOK = "book"',
    "  enum-member* TOY = auto()",
    "  method* def label(self)",
  ]);
});

test("attributes that any method makes, each once", async () => {
  const text = `
class A:
    known: int
    def __init__(self):
        self.left, self.right = 1, 2
        self.one = self.other = None
        self.known = 3
        # self.comment = 1
        print("self.text = 1", self.read, self.same == 1)
    def later(self):
        for each in x:
            self.lazy = each
        self.left = 5
`;
  assert.deepEqual(await outlineOf("python", text), [
    "class* class A",
    "  property* known: int",
    "  method* def __init__(self)",
    "  property* self.left, self.right = 1, 2",
    "  property* self.left, self.right = 1, 2",
    "  property* self.one = self.other = None",
    "  property* self.one = self.other = None",
    "  method* def later(self)",
    "  property* self.lazy = each",
  ]);
});

test("of an overloaded function only what can be called", async () => {
  const text =
    "@overload\ndef at(x: int) -> int: ...\n@typing.overload\ndef at(x: str) -> str: ...\ndef at(x): return x\n";
  assert.deepEqual(await outlineOf("python", text), [
    "function* def at(x: int) -> int",
    "function* def at(x: str) -> str",
  ]);
});

test("aliases, several targets, and what stands under conditions", async () => {
  const text = `
Id = Union[int, str]
type Pair[T] = tuple[T, T]
a1 = b1 = 4
c1, d1 = 1, 2
try:
    import fast
except ImportError:
    fast = None
if x:
    def late(): ...
`;
  assert.deepEqual(await outlineOf("python", text), [
    "variable* Id = Union[int, str]",
    "type* type Pair[T] = tuple[T, T]",
    "variable* a1 = b1 = 4",
    "variable* a1 = b1 = 4",
    "variable* c1, d1 = 1, 2",
    "variable* c1, d1 = 1, 2",
    "variable* fast = None",
    "function* def late()",
  ]);
});

test("what __all__ names is exported, however it is made", async () => {
  const text =
    '__all__ = ["_a"] + other.__all__\n__all__ += ["_b"]\n__all__.extend(("_c",))\n_a = 1\n_b = 2\n_c = 3\n_d = 4\n';
  assert.deepEqual(await outlineOf("python", text), [
    "variable* _a = 1",
    "variable* _b = 2",
    "variable* _c = 3",
    "variable _d = 4",
  ]);
});

test("imports: relative, of all, renamed, in functions and conditions", async () => {
  const text = `
from __future__ import annotations
import os, sys as system
import a.b.c
from . import sibling
from ..pkg.mod import (one, two as deux,)
from star import *
if TYPE_CHECKING:
    from a.b import C as D
def f():
    import lazy
    text = """
    import not_this
    """
`;
  assert.deepEqual(await importsOf("python", text), [
    "os: *",
    "sys: *",
    "a.b.c: *",
    ".: sibling",
    "..pkg.mod: one, two",
    "star: *",
    "a.b: C",
    "lazy: *",
  ]);
});
