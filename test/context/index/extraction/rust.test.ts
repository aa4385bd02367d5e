import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("structs, enumerations, traits, and what is implemented for them", async () => {
  const text = `
pub struct Cart<'a, T: Clone> where T: Copy { #[serde(rename = "x")] pub items: Vec<T>, total: u32 }
pub struct Pair(pub u32, String);
pub enum Kind { #[default] A, B(u32, String), C { x: i32 }, D = 4 }
impl<'a, T> Cart<'a, T> where T: Clone {
    pub const MAX: usize = 3;
    pub async fn total(&self, x: u32) -> Result<u32, Error> { Ok(1) }
    fn private(self) {}
}
impl<T> fmt::Display for shop::Cart<'_, T> { fn fmt(&self, f: &mut Formatter) -> fmt::Result { Ok(()) } }
pub trait Shape: Debug { type Item; fn area(&self) -> f64; fn name(&self) -> String { "x".into() } }
`;
  assert.deepEqual(await outlineOf("rust", text), [
    "class* pub struct Cart<'a, T: Clone> where T: Copy",
    "  property* pub items: Vec<T>",
    "  property total: u32",
    "class* pub struct Pair(pub u32, String)",
    "enum* pub enum Kind",
    "  enum-member* A",
    "  enum-member* B(u32, String)",
    "  enum-member* C { x: i32 }",
    "  enum-member* D = 4",
    "class impl<'a, T> Cart<'a, T> where T: Clone",
    "  variable* pub const MAX: usize = 3",
    "  method* pub async fn total(&self, x: u32) -> Result<u32, Error>",
    "  method fn private(self)",
    "class impl<T> fmt::Display for shop::Cart<'_, T>",
    "  method* fn fmt(&self, f: &mut Formatter) -> fmt::Result",
    "interface* pub trait Shape: Debug",
    "  type* type Item",
    "  method* fn area(&self) -> f64",
    "  method* fn name(&self) -> String",
  ]);
});

test("functions, macros, constants, modules; no tests", async () => {
  const text = `
pub mod inline { pub fn f() {} }
pub const LIMIT: u32 = 10;
static WORDS: &[&str] = &["${"x".repeat(130)}"];
pub type Res<T> = std::result::Result<T, Error>;
macro_rules! double { ($x:expr) => { $x + $x }; }
pub unsafe extern "C" fn ffi(a: *const c_char) -> i32 { 0 }
extern "C" { pub fn imported(a: i32) -> i32; }
#[cfg(test)]
mod tests { #[test] fn it_works() {} }
pub(crate) fn mapped<F>(f: F) -> impl Iterator<Item = u32> where F: Fn(u32) -> u32 { }
`;
  assert.deepEqual(await outlineOf("rust", text), [
    "module* pub mod inline",
    "  function* pub fn f()",
    "variable* pub const LIMIT: u32 = 10",
    "variable static WORDS: &[&str]",
    "type* pub type Res<T> = std::result::Result<T, Error>",
    "function* macro_rules! double { ($x:expr)",
    'function* pub unsafe extern "C" fn ffi(a: *const c_char) -> i32',
    "function* pub fn imported(a: i32) -> i32",
    "function* pub(crate) fn mapped<F>(f: F) -> impl Iterator<Item = u32> where F: Fn(u32) -> u32",
  ]);
});

test("a tree of names is an import for each", async () => {
  const text = `
use std::collections::{HashMap, hash_map::{Entry, self}};
use crate::models::User as U;
use super::*;
pub use a::b::C;
extern crate foo;
`;
  assert.deepEqual(await importsOf("rust", text), [
    "std::collections::HashMap: HashMap",
    "std::collections::hash_map::Entry: Entry",
    "std::collections::hash_map: hash_map",
    "crate::models::User: User",
    "super::*: *",
    "a::b::C: C →",
    "foo: *",
  ]);
});

test("what a macro is given may be items", async () => {
  const text = `
cfg_rt! {
    pub(crate) fn spawn<F>(f: F) -> Handle<F>
    where F: Send {
        let x = 1;
    }
    pub mod open;
}
lazy_static! {
    pub static ref RE: Regex = Regex::new("x").unwrap();
}
`;
  assert.deepEqual(await outlineOf("rust", text), [
    "function* pub(crate) fn spawn<F>(f: F) -> Handle<F> where F: Send",
    "module* pub mod open",
    "variable* pub static ref RE: Regex",
  ]);
});
