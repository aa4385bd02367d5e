import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("classes, traits, enumerations, and what a constructor makes", async () => {
  const text = `<?php
namespace App\\Models;
#[ORM\\Entity]
abstract class User extends Base implements I, J {
    use SoftDeletes;
    const LIMIT = 2, OTHER = 3;
    #[Column] private ?string $name = null;
    public static int $count = 0, $two = 1;
    public function __construct(private readonly Foo $foo, #[X] protected int $x = 1, string $plain = '') { }
    abstract protected function run(?int $a, int|string $b = 1): ?string;
    private function hidden() {}
}
interface I extends J { public function f(): void; }
trait T { public function t() {} }
enum Suit: string { case Hearts = 'H'; public function label(): string { return ''; } }
`;
  assert.deepEqual(await outlineOf("php", text), [
    "class* abstract class User extends Base implements I, J",
    "  property* const LIMIT = 2, OTHER = 3",
    "  property* const LIMIT = 2, OTHER = 3",
    "  property private ?string $name = null",
    "  property* public static int $count = 0, $two = 1",
    "  property* public static int $count = 0, $two = 1",
    "  method* public function __construct(private readonly Foo $foo, protected int $x = 1, string $plain = '')",
    "  property private readonly Foo $foo",
    "  property* protected int $x = 1",
    "  method* abstract protected function run(?int $a, int|string $b = 1): ?string",
    "  method private function hidden()",
    "interface* interface I extends J",
    "  method* public function f(): void",
    "class* trait T",
    "  method* public function t()",
    "enum* enum Suit: string",
    "  enum-member* case Hearts = 'H'",
    "  method* public function label(): string",
  ]);
});

test("functions and constants, under conditions, too", async () => {
  const text = `<?php
function helper(array $x = []): int { return 1; }
const TOP = 1;
define('DEFINED', 2);
if (!function_exists('cond')) { function cond() {} }
`;
  assert.deepEqual(await outlineOf("php", text), [
    "function* function helper(array $x = []): int",
    "variable* const TOP = 1",
    "variable* define('DEFINED', 2)",
    "function* function cond()",
  ]);
});

test("each name of a group is an import", async () => {
  const text = `<?php
use App\\Foo\\Bar;
use App\\{A, B as C};
use function App\\helper;
require_once 'x.php';
`;
  assert.deepEqual(await importsOf("php", text), [
    "App\\Foo\\Bar: Bar",
    "App\\A: A",
    "App\\B: B",
    "App\\helper: helper",
    "x.php: *",
  ]);
});
