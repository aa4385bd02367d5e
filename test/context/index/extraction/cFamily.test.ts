import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("C++: classes with what is public in them, templates, namespaces", async () => {
  const text = `
namespace a::b { class Announced; }
namespace outer {
template <typename T, class U = int>
class Cart : public Base<T> {
 public:
  Cart() = default;
  explicit Cart(int x) : x_(x) {}
  virtual ~Cart();
  bool operator==(const Cart& o) const { return true; }
  static constexpr int kMax = 3;
  virtual void draw() const = 0;
  template <typename V> V convert(V v) { return v; }
  enum class Kind : int { A = 1, B };
  struct Nested { int a, b; };
  using value_type = T;
  int arr[10], *ptr;
  auto trailing() -> int;
 private:
  int x_ = 0;
  void hidden();
};
template <typename T>
T max_of(T a, T b) { return a; }
std::string Cart<int>::run(int v) { return ""; }
inline constexpr int LIMIT = 5;
}
class EXPORTED Widget { int z; };
namespace { int unnamed(); }
`;
  assert.deepEqual(await outlineOf("cpp", text), [
    "module* namespace a::b",
    "module* namespace outer",
    "  class* template <typename T, class U = int> class Cart : public Base<T>",
    "    method* Cart() = default",
    "    method* explicit Cart(int x)",
    "    property* static constexpr int kMax = 3",
    "    method* virtual void draw() const = 0",
    "    method* template <typename V> V convert(V v)",
    "    enum* enum class Kind : int",
    "      enum-member* A = 1",
    "      enum-member* B",
    "    class* struct Nested",
    "      property* int a, b",
    "      property* int a, b",
    "    type* using value_type = T",
    "    property* int arr[10], *ptr",
    "    property* int arr[10], *ptr",
    "    method* auto trailing() -> int",
    "    property int x_ = 0",
    "    method void hidden()",
    "  function* template <typename T> T max_of(T a, T b)",
    "  method* std::string Cart<int>::run(int v)",
    "  variable* inline constexpr int LIMIT = 5",
    "class* class EXPORTED Widget",
    "  property* int z",
    "function int unnamed()",
  ]);
});

test("C: structures, typedefs, functions, variables", async () => {
  const text = `
#ifdef __cplusplus
extern "C" {
#endif
typedef unsigned int u32;
typedef struct { int x; } Point;
typedef enum { E_A, E_B = 2 } e_t;
typedef int (*callback_t)(int, void*);
struct opaque;
struct list { struct list *next; int value; };
enum color { RED, GREEN = 2 };
API int api_fn(struct list *l, const char *name);
static inline int *small(int a) { return 0; }
extern const char *const names[];
int (*fn_ptr)(int);
#ifdef __cplusplus
}
#endif
`;
  assert.deepEqual(await outlineOf("c", text), [
    "type* typedef unsigned int u32",
    "class* typedef struct Point",
    "  property* int x",
    "enum* typedef enum e_t",
    "  enum-member* E_A",
    "  enum-member* E_B = 2",
    "type* typedef int (*callback_t)(int, void*)",
    "class* struct list",
    "  property* struct list *next",
    "  property* int value",
    "enum* enum color",
    "  enum-member* RED",
    "  enum-member* GREEN = 2",
    "function* API int api_fn(struct list *l, const char *name)",
    "function* static inline int *small(int a)",
    "variable* extern const char *const names[]",
    "variable* int (*fn_ptr)(int)",
  ]);
});

test("macros that have a value; long ones without it", async () => {
  const text = `
#ifndef GUARD_H
#define GUARD_H
#define MAX_ITEMS 10
#define SQUARE(x) ((x) * (x))
#define TWICE(a) do { \\
  foo(a); \\
} while (0)
#endif
`;
  assert.deepEqual(await outlineOf("cpp", text), [
    "variable* #define MAX_ITEMS 10",
    "function* #define SQUARE(x) ((x) * (x))",
    "function* #define TWICE(a)",
  ]);
});

test("what is included", async () => {
  const text = `#include <vector>
#include "my/header.h"
`;
  assert.deepEqual(await importsOf("cpp", text), ["vector: *", "my/header.h: *"]);
});

test("a file that is an error to the grammar, as macros make them, has what can be read of it", async () => {
  const text = "#ifdef ON\nBEGIN_SPACE\nint one(int a);\n) } {\nstruct s { int x; };\n";
  assert.ok((await outlineOf("cpp", text)).includes("class* struct s"));
});

test("a header of Objective-C, whose ending is the same, has names alone", async () => {
  const text = "#import <UIKit/UIKit.h>\n@interface View : UIView\n- (void)show:(BOOL)on;\n@end\n";
  assert.deepEqual(await outlineOf("cpp", text), []);
});

test("a structure keeps its name however long it is", async () => {
  const text = `typedef struct { ${"int a; /* ".concat("x".repeat(90), " */ ").repeat(20)} } Long;`;
  assert.equal((await outlineOf("c", text))[0], "class* typedef struct Long");
});
