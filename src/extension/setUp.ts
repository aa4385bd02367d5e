import type { ModelFailure } from "../model/failure.ts";

/** A model that the settings name, and what keeps it from being asked at all; the chosen one is the first. */
export interface NamedModel {
  /** As in the settings. */
  readonly reference: string;
  readonly failure: ModelFailure | undefined;
}

/** What is known of the models before any was asked, as the status tells it; empty where nothing keeps the first one. */
export function troubleIn(named: readonly NamedModel[]): {
  readonly failure?: ModelFailure;
  readonly fallenBack?: { readonly to: string; readonly failure: ModelFailure };
} {
  const failure = named[0]?.failure;
  if (failure === undefined) return {};
  const helps = named.find((each) => each.failure === undefined);
  return helps ? { fallenBack: { to: helps.reference, failure } } : { failure };
}

/** Looks at the models that the settings name, without asking any; the last look counts. */
export class SetUp {
  readonly #look: () => Promise<readonly NamedModel[]>;
  readonly #onChange: () => void;
  #named: readonly NamedModel[] = [];
  #looks = 0;

  /** `look` does not reject for a model's sake. */
  constructor(look: () => Promise<readonly NamedModel[]>, onChange: () => void) {
    this.#look = look;
    this.#onChange = onChange;
  }

  get trouble(): ReturnType<typeof troubleIn> {
    return troubleIn(this.#named);
  }

  async look(): Promise<void> {
    this.#looks += 1;
    const mine = this.#looks;
    const named = await this.#look();
    if (mine !== this.#looks) return;
    this.#named = named;
    this.#onChange();
  }
}
