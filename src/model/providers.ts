export interface Provider {
  readonly id: string;
  readonly name: string;
  readonly protocol: "embedded" | "openai" | "azure" | "ollama" | "llama" | "editor";
  readonly baseUrl: string | undefined;
  readonly key: "needed" | "optional" | "none";
  readonly exampleModel: string;
}

export const providers: readonly Provider[] = [
  {
    id: "openai",
    name: "OpenAI",
    protocol: "openai",
    baseUrl: "https://api.openai.com/v1",
    key: "needed",
    exampleModel: "gpt-4.1",
  },
  { id: "azure", name: "Azure OpenAI", protocol: "openai", baseUrl: undefined, key: "needed", exampleModel: "gpt-4.1" },
];
