/** Pictures in a record of what was sent, which keeps how large they were and not them. */

import type { Picture, Prompt } from "./model.ts";

export type SentPicture = Pick<Picture, "mediaType"> & { readonly bytes: number };

export function sentPicture({ mediaType, base64, bytes }: Picture): SentPicture {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return { mediaType, bytes: bytes ?? Math.max(0, Math.floor((base64.length * 3) / 4) - padding) };
}

/** As it is where it has none. */
export function withoutPictures(prompt: Prompt): Prompt {
  if (prompt.kind !== "chat" || !prompt.messages.some(({ pictures }) => pictures)) return prompt;
  return {
    ...prompt,
    messages: prompt.messages.map((message) => {
      const { pictures } = message;
      return pictures ? { ...message, pictures: pictures.map(keptPicture) } : message;
    }),
  };
}

function keptPicture(picture: Picture): Picture {
  return { ...sentPicture(picture), base64: "" };
}
