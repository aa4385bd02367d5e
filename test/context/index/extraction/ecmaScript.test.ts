import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("functions, classes, types, and their members", async () => {
  const text = `
export interface Cart { readonly items: readonly Item[]; meta: { owner: string }; total(tax?: number): number }
export type Price = { amount: number } & Tagged;
type Id = string | number;
export enum Kind { Book = "book", Toy }
export abstract class Shop<T> extends Base {
  #secret = 1;
  private hidden: string;
  open = async (at: Date) => { return at; };
  constructor(private readonly store: Store, readonly label: string, name: string) { super(); this.own = 1; }
  sell(item: Item, // the item
       to: Person): Receipt { return x; }
  abstract close(): void;
}
export const codes = { notFound: 404, nested: { deep: 1 }, go() { return 1; } } as const;
export const parse = <T>(text: string): T => JSON.parse(text);
function helper() { return { left: 1, right }; }
`;
  assert.deepEqual(await outlineOf("typescript", text), [
    "interface* export interface Cart",
    "  property* readonly items: readonly Item[]",
    "  property* meta",
    "    property* owner: string",
    "  method* total(tax?: number): number",
    "type* export type Price",
    "  property* amount: number",
    "type type Id = string | number",
    "enum* export enum Kind",
    '  enum-member* Book = "book"',
    "  enum-member* Toy",
    "class* export abstract class Shop<T> extends Base",
    "  property #secret = 1",
    "  property private hidden: string",
    "  method* open = async (at: Date)",
    "  method* constructor(private readonly store: Store, readonly label: string, name: string)",
    "  property private readonly store: Store",
    "  property* readonly label: string",
    "  property* this.own = 1",
    "  method* sell(item: Item, to: Person): Receipt",
    "  method* abstract close(): void",
    "variable* export const codes",
    "  property* notFound: 404",
    "  property* nested",
    "    property* deep: 1",
    "  method* go()",
    "function* export const parse = <T>(text: string): T",
    "function function helper()",
    "  property* left: 1",
    "  property* right",
  ]);
});

test("decorators are no part of a signature, and the line is that of the code below them", async () => {
  const text = `
@Component({ selector: "x" })
export class View {
  @Input({ required: true })
  public title!: string;
  @Output() private changed = new EventEmitter();
  constructor(@Inject(STORE) private store: Store, @Optional() log: Log) {}
}
`;
  assert.deepEqual(await outlineOf("typescript", text), [
    "class* export class View",
    "  property* public title!: string",
    "  property private changed = new EventEmitter()",
    "  method* constructor(private store: Store, log: Log)",
    "  property private store: Store",
  ]);
});

test("of an overloaded function only what can be called", async () => {
  const text = `
export function read(path: string): string;
export function read(path: URL): URL;
export function read(path: any): any { return path; }
class A { at(index: number): void; at(name: string): void; at(any: any) {} }
`;
  assert.deepEqual(await outlineOf("typescript", text), [
    "function* export function read(path: string): string",
    "function* export function read(path: URL): URL",
    "class class A",
    "  method* at(index: number): void",
    "  method* at(name: string): void",
  ]);
});

test("all alternatives of a union have members", async () => {
  const text = 'export type Event =\n  | { kind: "open"; path: string }\n  | { kind: "close"; code: number };\n';
  assert.deepEqual(await outlineOf("typescript", text), [
    "type* export type Event",
    '  property* kind: "open"',
    "  property* path: string",
    '  property* kind: "close"',
    "  property* code: number",
  ]);
});

test("namespaces, modules, and what is declared elsewhere", async () => {
  const text = `
declare module "some/where" { export function inner(a: number): void; }
namespace Outer { export const inside = 1; namespace Deep { export interface I { a: string } } }
declare global { interface Window { cart: Cart } }
export declare const version: string;
import Short = Outer.Deep;
`;
  assert.deepEqual(await outlineOf("typescript", text), [
    'module* declare module "some/where"',
    "  function* export function inner(a: number): void",
    "module namespace Outer",
    "  variable* export const inside = 1",
    "  module* namespace Deep",
    "    interface* export interface I",
    "      property* a: string",
    "interface* interface Window",
    "  property* cart: Cart",
    "variable* export declare const version: string",
    "variable import Short = Outer.Deep",
  ]);
});

test("what a library is given says what it makes", async () => {
  const text = `
export const schema = z.object({ id: z.string(), owner: z.object({ name: z.string() }) });
export const useStore = create<State>()((set) => ({ count: 0, add: () => set(1) }));
export const Button = forwardRef<Element, Props>((props, ref) => { return null; });
export const curried = (a: string) => (b: number) => a + b;
`;
  assert.deepEqual(await outlineOf("typescript", text), [
    "variable* export const schema = z.object(",
    "  property* id: z.string()",
    "  property* owner: z.object(",
    "    property* name: z.string()",
    "variable* export const useStore = create<State>()((set)",
    "  property* count: 0",
    "  method* add: ()",
    "variable* export const Button = forwardRef<Element, Props>((props, ref)",
    "function* export const curried = (a: string) => (b: number)",
  ]);
});

test("names that an exported pattern takes are exported", async () => {
  const text =
    "export const { add, remove: drop, ...rest } = slice.actions;\nexport const [first, second] = pair();\nconst { own } = x;\n";
  assert.deepEqual(await outlineOf("typescript", text), [
    "variable* export const { add, remove: drop, ...rest } = slice.actions",
    "variable* export const { add, remove: drop, ...rest } = slice.actions",
    "variable* export const [first, second] = pair()",
    "variable* export const [first, second] = pair()",
  ]);
});

test("a long text or list is not told, its name is", async () => {
  const long = "x".repeat(200);
  const text = `export const words = ["${long}"];\nexport const texts = { short: "a", long: "${long}" };\n`;
  assert.deepEqual(await outlineOf("javascript", text), [
    "variable* export const words",
    "variable* export const texts",
    '  property* short: "a"',
    "  property* long",
  ]);
});

test("computed keys and numbers have no name to be found by", async () => {
  const text =
    "export const by = { [key]: 1, 404: 'no', \"the-key\": 2 };\nclass A { [Symbol.iterator]() {} [index: string]: any }\n";
  assert.deepEqual(await outlineOf("typescript", text), [
    "variable* export const by",
    '  property* "the-key": 2',
    "class class A",
  ]);
});

test("imports are told with the names that the other module gives them", async () => {
  const text = `
import fallback, { a, b as c } from "./one";
import * as all from './two';
import "./three";
import type { T } from "./four";
import { type U } from "./types";
export { d as e } from "./five";
export * from "./six";
export * as seven from "./seven";
import old = require("./old");
const { f, g: h, i = 1 } = require("./eight");
const later = await import("./nine");
function lazily() { return import("./ten").then((x) => x); }
// require("./comment")
const text = "require('./string')";
`;
  assert.deepEqual(await importsOf("typescript", text), [
    "./one: default, a, b",
    "./two: *",
    "./three: ",
    "./four: T",
    "./types: U",
    "./five: d →",
    "./six: * →",
    "./seven: * →",
    "./old: *",
    "./eight: f, g, i",
    "./nine: *",
    "./ten: *",
  ]);
});

test("what is exported apart from its definition counts as exported", async () => {
  assert.deepEqual(await outlineOf("typescript", "function a() {}\nconst b = 1;\nexport { a };\nexport default b;\n"), [
    "function* function a()",
    "variable* const b = 1",
  ]);
  assert.deepEqual(await outlineOf("typescript", "class A {}\nexport = A;\n"), ["class* class A"]);
  assert.deepEqual(await outlineOf("typescript", "export default { name: 'x', run() {} };\n"), [
    "variable* export default",
    "  property* name: 'x'",
    "  method* run()",
  ]);
});

test("CommonJS: what is given to exports, prototypes and functions", async () => {
  const text = `
function a() {}
exports.b = (x) => 1;
exports.c = void 0;
A.prototype.d = function (y) { return 1; };
A.create = (z) => new A();
module.exports = { a, e: 1 };
`;
  assert.deepEqual(await outlineOf("javascript", text), [
    "function* function a()",
    "function* exports.b = (x)",
    "function* A.prototype.d = function (y)",
    "function* A.create = (z)",
    "property* e: 1",
  ]);
});

test("a variable has the members that its type tells, or what it is assigned on the way", async () => {
  const text = `
export declare const texts: { ok: string; form: { send: string } };
const local = (exports.local = { one: 1 });
const node = (() => { return { value: 1 }; })();
export const Root = styled("div", { name: "x" })(({ theme }) => ({ gap: 1 }));
`;
  assert.deepEqual(await outlineOf("typescript", text), [
    "variable* export declare const texts",
    "  property* ok: string",
    "  property* form",
    "    property* send: string",
    "variable const local = (exports.local",
    "  property* one: 1",
    "variable const node = (()",
    "  property* value: 1",
    'variable* export const Root = styled("div"',
    "  property* gap: 1",
  ]);
});
