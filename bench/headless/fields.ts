/** Reads the fields of a message from outside, and says which one is wrong. */

export class InvalidMessage extends Error {}

export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #where: string;
  readonly #read: Set<string>;

  /** `where` is for messages: what the fields are of. `known` are those that somebody else reads. */
  constructor(value: unknown, where: string, known: readonly string[] = []) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new InvalidMessage(`${where} must be an object`);
    }
    this.#values = value as Readonly<Record<string, unknown>>;
    this.#where = where;
    this.#read = new Set(known);
  }

  id(name: string): string | number {
    const value = this.#get(name);
    return typeof value === "string" || typeof value === "number" ? value : this.#refuse(name, "a text or a number");
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#refuse(name, "a text");
  }

  optionalText(name: string): string | undefined {
    const value = this.#get(name);
    return value === undefined || typeof value === "string" ? value : this.#refuse(name, "a text");
  }

  count(name: string): number {
    return this.optionalCount(name) ?? this.#refuse(name, "a whole number that is not negative");
  }

  optionalCount(name: string): number | undefined {
    const value = this.#get(name);
    if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value >= 0)) return value;
    return this.#refuse(name, "a whole number that is not negative");
  }

  number(name: string): number {
    return this.optionalNumber(name) ?? this.#refuse(name, "a number that is not negative");
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#get(name);
    if (value === undefined || (typeof value === "number" && Number.isFinite(value) && value >= 0)) return value;
    return this.#refuse(name, "a number that is not negative");
  }

  flag(name: string): boolean {
    return this.optionalFlag(name) ?? this.#refuse(name, "true or false");
  }

  optionalFlag(name: string): boolean | undefined {
    const value = this.#get(name);
    return value === undefined || typeof value === "boolean" ? value : this.#refuse(name, "true or false");
  }

  choice<Value extends string>(name: string, values: readonly Value[]): Value {
    return this.optionalChoice(name, values) ?? this.#refuse(name, `one of ${values.join(", ")}`);
  }

  optionalChoice<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    return values.find((candidate) => candidate === value) ?? this.#refuse(name, `one of ${values.join(", ")}`);
  }

  fields(name: string): Fields {
    return this.optionalFields(name) ?? this.#refuse(name, "an object");
  }

  optionalFields(name: string): Fields | undefined {
    const value = this.#get(name);
    return value === undefined ? undefined : new Fields(value, `${this.#where}.${name}`);
  }

  list<Item>(name: string, read: (item: Fields) => Item): Item[] {
    const value = this.#get(name);
    if (!Array.isArray(value)) return this.#refuse(name, "a list");
    return value.map((item: unknown, index) => {
      const fields = new Fields(item, `${this.#where}.${name}[${index}]`);
      const result = read(fields);
      fields.end();
      return result;
    });
  }

  /** Nothing is left that nobody has asked for: a name that was mistyped does not go unseen. */
  end(): void {
    const unknown = Object.keys(this.#values).find((name) => !this.#read.has(name));
    if (unknown !== undefined) throw new InvalidMessage(`${this.#where} has no field ${unknown}`);
  }

  #get(name: string): unknown {
    this.#read.add(name);
    return this.#values[name];
  }

  #refuse(name: string, kind: string): never {
    throw new InvalidMessage(`${this.#where}.${name} must be ${kind}`);
  }
}
