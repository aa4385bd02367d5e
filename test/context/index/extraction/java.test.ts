import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("classes, enumerations, records and interfaces without their annotations", async () => {
  const text = `
@Entity
@Table(name = "carts")
public abstract class Cart<T extends Comparable<T>> extends Base<T> implements A, B {
  @Id private Long id;
  public static final int MAX = 3, MIN = 1;
  private static final Map<String, Integer> M = new HashMap<>() {{ put("a", 1); }};
  Supplier<Cart> make = () -> { return null; };
  @Inject
  public Cart(@Named("x") final Foo foo, int... rest) throws IOException { }
  /** Says. */
  @Override
  public <R> R map(Function<? super T, ? extends R> f) { return null; }
  abstract int size();
  private void hidden() {}
  public enum Kind implements K { A(1), B { void f() {} }; private final int x; Kind(int x) { } }
  public record Point(int x, @NotNull int y) implements P { double dist() { return 1; } }
  interface Inner { int CONST = 1; default void g() {} }
  @interface Ann { String value() default ""; }
}
`;
  assert.deepEqual(await outlineOf("java", text), [
    "class* public abstract class Cart<T extends Comparable<T>> extends Base<T> implements A, B",
    "  property private Long id",
    "  property* public static final int MAX = 3, MIN = 1",
    "  property* public static final int MAX = 3, MIN = 1",
    "  property private static final Map<String, Integer> M = new HashMap<>()",
    "  property* Supplier<Cart> make = ()",
    "  method* public Cart(final Foo foo, int... rest) throws IOException",
    "  method* public <R> R map(Function<? super T, ? extends R> f)",
    "  method* abstract int size()",
    "  method private void hidden()",
    "  enum* public enum Kind implements K",
    "    enum-member* A(1)",
    "    enum-member* B",
    "    property private final int x",
    "    method* Kind(int x)",
    "  class* public record Point(int x, int y) implements P",
    "    property* int x",
    "    property* int y",
    "    method* double dist()",
    "  interface* interface Inner",
    "    property* int CONST = 1",
    "    method* default void g()",
    "  interface* @interface Ann",
    '    method* String value() default ""',
  ]);
});

test("imports; a static one means its class", async () => {
  const text = `
import java.util.*;
import java.util.List;
import static org.junit.Assert.assertEquals;
import static com.x.Foo.*;
`;
  assert.deepEqual(await importsOf("java", text), [
    "java.util.*: *",
    "java.util.List: List",
    "org.junit.Assert: assertEquals",
    "com.x.Foo: *",
  ]);
});

test("a field that is given much has its type and what it is made of", async () => {
  const text = `class A { Queue<B> queue = new PriorityQueue<>(100, (one, other) -> { ${"next(); ".repeat(20)} }); }`;
  assert.deepEqual(await outlineOf("java", text), [
    "class* class A",
    "  property* Queue<B> queue = new PriorityQueue<>",
  ]);
});
