import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("types with their members, without their attributes", async () => {
  const text = `
namespace My.App;
[Serializable]
public partial class Cart<T> : Base<T>, ICart where T : class, new()
{
    [JsonPropertyName("id")] public int Id { get; set; } = 3;
    public int Computed => Items.Count;
    private readonly ILogger _logger;
    public const int Max = 3, Min = 2;
    public event EventHandler<Args> Changed;
    public Cart(ILogger logger, int x = 1) : base(x) { }
    public async Task<int> RunAsync<R>([FromBody] Foo f, CancellationToken ct = default) where R : struct { return 1; }
    public override string ToString() => "x";
    internal void Shared() {}
    void Own() {}
    public enum Kind { A = 1, [Obsolete] B }
    public delegate void Handler(object sender, Args e);
    public interface IInner { int Prop { get; } void M(); }
}
public record Person(string First, string Last) { public int Age { get; init; } }
`;
  assert.deepEqual(await outlineOf("csharp", text), [
    "class* public partial class Cart<T> : Base<T>, ICart where T : class, new()",
    "  property* public int Id",
    "  property* public int Computed",
    "  property private readonly ILogger _logger",
    "  property* public const int Max = 3, Min = 2",
    "  property* public const int Max = 3, Min = 2",
    "  property* public event EventHandler<Args> Changed",
    "  method* public Cart(ILogger logger, int x = 1)",
    "  method* public async Task<int> RunAsync<R>(Foo f, CancellationToken ct = default) where R : struct",
    "  method* public override string ToString()",
    "  method* internal void Shared()",
    "  method void Own()",
    "  enum* public enum Kind",
    "    enum-member* A = 1",
    "    enum-member* B",
    "  type* public delegate void Handler(object sender, Args e)",
    "  interface* public interface IInner",
    "    property* int Prop",
    "    method* void M()",
    "class* public record Person(string First, string Last)",
    "  property* string First",
    "  property* string Last",
    "  property* public int Age",
  ]);
});

test("using directives, of names of one word, too", async () => {
  const text = `
using System;
using System.Collections.Generic;
using Alias = System.Text.StringBuilder;
using static System.Math;
`;
  assert.deepEqual(await importsOf("csharp", text), [
    "System: *",
    "System.Collections.Generic: *",
    "System.Text.StringBuilder: *",
    "System.Math: *",
  ]);
});
