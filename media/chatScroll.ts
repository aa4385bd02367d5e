/** Follows the end while the user is there, and leaves everything where it is while not. */

/** Less than a line from the end is at the end. */
export const NEAR_PX = 16;

export class FollowingScroll {
  readonly #box: HTMLElement;
  readonly #moved: () => void;
  readonly #observer = new ResizeObserver(() => this.#keepUp());
  #follows = true;
  #top = 0;

  /** `content` is what grows in `box`; `moved` is told when what is seen of it may be another part. */
  constructor(box: HTMLElement, content: HTMLElement, moved: () => void) {
    this.#box = box;
    this.#moved = moved;
    box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.watch(content);
    this.watch(box);
  }

  get follows(): boolean {
    return this.#follows;
  }

  /** What goes from the box must not look as if the user had moved up. */
  watch(part: HTMLElement): void {
    this.#observer.observe(part);
  }

  toEnd(): void {
    this.#set(true);
    this.#keepUp();
  }

  /** The part is seen that far down in the window, whatever stands below it. */
  hold(part: HTMLElement, top: number): void {
    this.#set(false);
    this.#box.scrollTop += part.getBoundingClientRect().top - top;
    this.#top = this.#box.scrollTop;
    this.#moved();
  }

  #keepUp(): void {
    if (this.#follows) {
      this.#box.scrollTop = this.#box.scrollHeight;
      this.#top = this.#box.scrollTop;
    }
    this.#moved();
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    if (scrollHeight - scrollTop - clientHeight <= NEAR_PX) this.#set(true);
    // What grows does not move the top; only the user moves it up.
    else if (scrollTop < this.#top - 1) this.#set(false);
    this.#top = scrollTop;
    this.#moved();
  }

  #set(follows: boolean): void {
    if (this.#follows === follows) return;
    this.#follows = follows;
    // While the end is followed the browser must not hold on to what is above.
    this.#box.classList.toggle("following", follows);
  }
}
