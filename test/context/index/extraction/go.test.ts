import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("types with their fields and methods", async () => {
  const text = `
type Kind int
type Cart[T any] struct {
	*Base
	pkg.Embedded
	Items []Item \`json:"items"\`
	X, Y int
	nested struct { Inner int }
}
type Doer interface {
	io.Reader
	Do(ctx context.Context, x int) (int, error)
}
type (
	Grouped struct { A int }
	Table = map[string]int
)
func (c *Cart[T]) Sum(a, b int, opts ...Option) (total int, err error) { return }
func (Elsewhere) value() {}
`;
  assert.deepEqual(await outlineOf("go", text), [
    "type* type Kind int",
    "class* type Cart[T any] struct",
    "  property* *Base",
    "  property* pkg.Embedded",
    "  property* Items []Item",
    "  property* X, Y int",
    "  property* X, Y int",
    "  property nested struct",
    "    property* Inner int",
    "interface* type Doer interface",
    "  method* Do(ctx context.Context, x int) (int, error)",
    "class* Grouped struct",
    "  property* A int",
    "type* Table = map[string]int",
    "  method* func (c *Cart[T]) Sum(a, b int, opts ...Option) (total int, err error)",
    "method func (Elsewhere) value()",
  ]);
});

test("functions, constants and variables, alone and in groups", async () => {
  const text = `
const (
	KindA Kind = iota
	KindB
	kindC, kindD = 1, 2
)
const Single = "x"
var (
	ErrX = errors.New("x")
	a, b int
)
var handler = func(w http.ResponseWriter) { x() }
var words = []string{"${"x".repeat(130)}"}
func New[T any](
	x T,
	y int,
) *Cart[T] {
	return nil
}
`;
  assert.deepEqual(await outlineOf("go", text), [
    "variable* KindA Kind = iota",
    "variable* KindB",
    "variable kindC, kindD = 1, 2",
    "variable kindC, kindD = 1, 2",
    'variable* const Single = "x"',
    'variable* ErrX = errors.New("x")',
    "variable a, b int",
    "variable a, b int",
    "variable var handler = func(w http.ResponseWriter)",
    "variable var words = []string",
    "function* func New[T any](x T, y int,) *Cart[T]",
  ]);
});

test("imports, with and without other names", async () => {
  const text = `
import "fmt"
import (
	"os"
	alias "example.com/x/y"
	_ "embed"
	. "math"
)
`;
  assert.deepEqual(await importsOf("go", text), ["fmt: *", "os: *", "example.com/x/y: *", "embed: *", "math: *"]);
});

test("a variable that is given much has its type", async () => {
  const much = `A: 1, ${"B: 2, ".repeat(30)}`;
  const text = `package x\nvar One = &pkg.Desc{${much}}\nvar two = build(func() { ${"f();".repeat(40)} })\nconst Text = \`${"x ".repeat(80)}\`\n`;
  assert.deepEqual(await outlineOf("go", text), [
    "variable* var One = &pkg.Desc",
    "variable var two = build",
    "variable* const Text",
  ]);
});
