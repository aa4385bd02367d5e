import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, outlineOf } from "./outline.ts";

test("modules, classes, methods, and attributes that are made by calls", async () => {
  const text = `
module Shop
  VERSION = "1.0"
  class Cart < Base
    include Comparable
    attr_accessor :items, :total
    belongs_to :user
    scope :active, -> { where(active: true) }
    class << self
      def create(attrs = {}) ; end
    end
    def self.find(id, *args, key: 1, &block); end
    def initialize(items:, total: 0)
      @items = items
    end
    def empty? = items.empty?
    def [](i); end
    define_method(:dyn) { |x| x }
    private def own; end
    private
    def secret; end
    public
    def open!; end
  end
  Point = Struct.new(:x, :y) do
    def dist; end
  end
  class Nested::Deep; end
end
def top_level(a) ; end
`;
  assert.deepEqual(await outlineOf("ruby", text), [
    "module* module Shop",
    '  variable* VERSION = "1.0"',
    "  class* class Cart < Base",
    "    property* attr_accessor :items, :total",
    "    property* attr_accessor :items, :total",
    "    property* belongs_to :user",
    "    property* scope :active, -> { where(active: true) }",
    "    method* def create(attrs = {})",
    "    method* def self.find(id, *args, key: 1, &block)",
    "    method* def initialize(items:, total: 0)",
    "    method* def empty?",
    "    property* define_method(:dyn)",
    "    method def own",
    "    method def secret",
    "    method* def open!",
    "  class* Point = Struct.new(:x, :y)",
    "    property* :x",
    "    property* :y",
    "    method* def dist",
    "  class* class Nested::Deep",
    "function* def top_level(a)",
  ]);
});

test("what is required", async () => {
  const text = `require "json"
require_relative "../models/user"
autoload :Foo, "foo"
puts "not"
`;
  assert.deepEqual(await importsOf("ruby", text), ["json: *", "../models/user: *", "foo: *"]);
});
