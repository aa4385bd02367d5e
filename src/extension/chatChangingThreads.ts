/** Begins, opens, renames, removes and exports threads, which may or may not be the one that is shown. */

import type { Thread } from "../chat/conversation.ts";
import { named } from "../chat/threads.ts";
import type { Asking, AskingIn } from "./chatAsking.ts";
import { confirmRemoval, exportThread, type ThreadList } from "./chatThreadList.ts";
import type { Tell } from "./shownThread.ts";

interface ChangingIn extends AskingIn {
  readonly asking: Asking;
  readonly list: ThreadList;
}

export class ChangingThreads {
  readonly #now: () => number;
  readonly #in: ChangingIn;

  constructor({ now }: { readonly now: () => number }, where: ChangingIn) {
    this.#now = now;
    this.#in = where;
  }

  /**
   * What is written stays in its own thread. One in which nothing was asked is new.
   * @param page where that was asked for, which gets the focus; the others only show it
   */
  async begin(page?: Tell): Promise<void> {
    const { shown, answering, asking } = this.#in;
    const { id, thread } = shown;
    if (thread?.tip === undefined && !answering.isBusy(id) && !asking.isBusy(id)) {
      shown.stay();
      await shown.show();
      return page?.({ type: "focus" });
    }
    shown.begin();
    this.leave(id);
    return this.#showOther(page);
  }

  async open(id: string, page: Tell): Promise<void> {
    const { shown } = this.#in;
    const before = shown.id;
    if (id === before) shown.stay();
    else {
      const isShown = await shown.open(id);
      this.leave(isShown ? before : id);
      // Another one was wanted meanwhile, or it is gone; then what is shown stays.
      if (!isShown) {
        await shown.show(page);
        return this.#refreshList();
      }
    }
    return this.#showOther(page);
  }

  async rename(id: string, title: string): Promise<void> {
    const { shown } = this.#in;
    await this.change(id, (thread) => named(thread, title, this.#now()));
    if (id === shown.id) shown.showNow();
    return this.#refreshList();
  }

  async remove(id: string, page: Tell): Promise<void> {
    const { threads, shown, answering } = this.#in;
    const thread = threads.at(id) ?? (await threads.open(id));
    if (!thread || !(await confirmRemoval(thread.title))) return this.leave(id);
    answering.stop(id);
    await threads.remove(id);
    if (id !== shown.id) return this.#refreshList();
    shown.begin();
    return this.#showOther(page);
  }

  async export(id: string): Promise<void> {
    const { threads } = this.#in;
    const thread = threads.at(id) ?? (await threads.open(id));
    if (thread) await exportThread(thread);
    this.leave(id);
  }

  /** Also one that is not open. */
  async change(id: string, change: (thread: Thread) => Thread): Promise<void> {
    const { threads } = this.#in;
    if (!threads.at(id)) await threads.open(id);
    threads.change(id, change);
    this.leave(id);
  }

  /** Unless somebody looks at it, or something happens in it. */
  leave(id: string): void {
    const { threads, shown, answering, asking } = this.#in;
    const isNeeded = shown.isWanted(id) || answering.isBusy(id) || asking.isBusy(id);
    if (!isNeeded) threads.leave(id);
  }

  async #showOther(page: Tell | undefined): Promise<void> {
    const { shown, composer } = this.#in;
    await shown.show();
    composer.begin();
    page?.({ type: "focus" });
    return this.#refreshList();
  }

  #refreshList(): Promise<void> {
    const { list, shown } = this.#in;
    return list.refresh(shown.id);
  }
}
