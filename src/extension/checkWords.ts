/** The words of the view "Check the model". One sentence for each finding, which names what is so and what to do. */

import * as vscode from "vscode";
import type {
  AnswerFinding,
  Finding,
  KeyFinding,
  SettingFinding,
  StepName,
  StepState,
} from "../model/doctor/findings.ts";
import type { CheckStrings } from "./checkProtocol.ts";
import { modelFindingWords, number } from "./checkModelWords.ts";
import { networkWords, proxyWords, tlsWords } from "./checkNetworkWords.ts";
import { listed, sentenceGap } from "./punctuation.ts";
import { describeFailure } from "./notices.ts";

export function checkStrings(): CheckStrings {
  const { l10n } = vscode;
  return {
    title: l10n.t("Check the model"),
    start: l10n.t("Check"),
    again: l10n.t("Check again"),
    stop: l10n.t("Stop"),
    copy: l10n.t("Copy report"),
  };
}

export function stepTitle(step: StepName): string {
  const { l10n } = vscode;
  switch (step) {
    case "setting":
      return l10n.t("Setting");
    case "address":
      return l10n.t("Address");
    case "proxy":
      return l10n.t("Proxy");
    case "name":
      return l10n.t("Host name");
    case "connection":
      return l10n.t("Connection");
    case "tls":
      return l10n.t("Encryption");
    case "answer":
      return l10n.t("Answer");
    case "key":
      return l10n.t("API key");
    case "file":
      return l10n.t("Model file");
    case "model":
      return l10n.t("Model");
    case "context":
      return l10n.t("Context length");
    case "holes":
      return l10n.t("Filling in code");
    case "speed":
      return l10n.t("Speed");
    case "memory":
      return l10n.t("Memory");
  }
}

export function stepStateWords(state: StepState): string {
  const { l10n } = vscode;
  switch (state) {
    case "running":
      return l10n.t("Checking");
    case "good":
      return l10n.t("Good");
    case "warning":
      return l10n.t("Worth a look");
    case "bad":
      return l10n.t("Wrong");
    case "skipped":
      return l10n.t("Not checked");
  }
}

/** What a run sends. `hosts`: of the servers, none where all is on this machine. */
export function sendsWords(requests: number, hosts: readonly string[]): string {
  const { l10n } = vscode;
  return hosts.length === 0
    ? l10n.t("Asks the model on this machine up to {0} short things. Nothing leaves the machine.", requests)
    : l10n.t(
        "Sends up to {0} short requests to {1}, each with a few invented lines of code and a few tokens of answer. None of your code is sent.",
        requests,
        listed(hosts),
      );
}

/** By the titles of the steps that are bad, and of those that are worth a look. */
export function summaryWords(bad: readonly string[], warnings: readonly string[]): string {
  const { l10n } = vscode;
  if (bad.length > 0) return l10n.t("Wrong: {0}.", listed(bad));
  if (warnings.length === 0) return l10n.t("Everything is good.");
  return l10n.t("It works. Worth a look: {0}.", listed(warnings));
}

export function findingWords(finding: Finding): string {
  const { l10n } = vscode;
  switch (finding.kind) {
    case "skipped":
      // It stands below the step that has to be put right first.
      return "";
    case "stopped":
      return l10n.t("Stopped before it was known.");
    case "failure":
      return describeFailure(finding.failure).text;
    case "reference":
    case "settings-ignored":
    case "reference-empty":
    case "reference-form":
    case "provider-unknown":
    case "embedded-unknown":
    case "address":
    case "address-invalid":
    case "address-credentials":
    case "address-end-point":
    case "file":
      return settingWords(finding);
    case "proxy-none":
    case "proxy":
    case "proxy-login":
    case "proxy-unreachable":
    case "proxy-refused":
      return proxyWords(finding);
    case "by-proxy":
    case "name-number":
    case "name-found":
    case "name-unknown":
    case "name-late":
    case "connected":
    case "connected-partly":
    case "refused":
    case "connection-timeout":
    case "connection-failed":
      return networkWords(finding);
    case "tls":
    case "tls-none":
    case "tls-not-spoken":
    case "tls-expected":
    case "tls-self-signed":
    case "tls-unknown-authority":
    case "tls-expired":
    case "tls-not-yet":
    case "tls-name":
    case "tls-failed":
      return tlsWords(finding);
    case "answer":
    case "answer-without-list":
    case "answer-elsewhere":
    case "answer-page":
    case "answer-redirect":
    case "answer-late":
    case "answer-cut":
    case "answer-status":
    case "answer-foreign":
    case "answer-no-ollama":
      return answerWords(finding);
    case "key-not-needed":
    case "key-missing":
    case "key-stored":
    case "key-mended":
    case "key-refused":
    case "key-unusable":
    case "key-several":
      return keyWords(finding);
    default:
      return modelFindingWords(finding);
  }
}

function settingWords(finding: SettingFinding): string {
  const { l10n } = vscode;
  switch (finding.kind) {
    case "reference":
      return `${finding.provider}: ${finding.model}`;
    case "settings-ignored":
      return [
        `${finding.provider}: ${finding.model}.`,
        ...finding.ignored.map(({ setting, value }) =>
          l10n.t("{0} has {1}, which is of no use there and is ignored.", setting, value),
        ),
      ].join(sentenceGap());
    case "reference-empty":
      return l10n.t("{0} is empty: no model is chosen.", finding.setting);
    case "reference-form":
      return l10n.t(
        "{0} says “{1}”. A model is named provider/model, such as openai/gpt-4.1.",
        finding.setting,
        finding.reference,
      );
    case "provider-unknown":
      return [
        l10n.t("{0} names the provider “{1}”, which Pairwise does not know.", finding.setting, finding.provider),
        ...(finding.nearest.length > 0 ? [l10n.t("Did you mean {0}?", listed(finding.nearest))] : []),
        l10n.t("A server of your own needs an entry with this name in pairwise.model.servers."),
      ].join(sentenceGap());
    case "embedded-unknown":
      return l10n.t(
        "{0} names the local model “{1}”, which Pairwise does not have. It has: {2}.",
        finding.setting,
        finding.model,
        listed(finding.names),
      );
    case "address":
      return l10n.t("{0} is an address.", finding.address);
    case "address-invalid":
      return l10n.t("What pairwise.model.servers has is no address that starts with http:// or https://.");
    case "address-credentials":
      return l10n.t(
        "The address has a user name or a password in it. Take them out; Pairwise keeps a key apart from the settings.",
      );
    case "address-end-point":
      return l10n.t("The address ends with {0}, which Pairwise adds itself. Take it off.", finding.path);
    case "file":
      return l10n.t("It is there, with {0} MB.", number(finding.bytes / 1e6));
  }
}

function answerWords(finding: AnswerFinding): string {
  const { l10n } = vscode;
  const { host } = finding;
  switch (finding.kind) {
    case "answer":
      return l10n.t("{0} answers. Models in its list: {1}.", host, finding.models);
    case "answer-without-list":
      return l10n.t("{0} answers, and does not list its models.", host);
    case "answer-elsewhere":
      return l10n.t("Nothing is at this address of {0}; its interface is at {1}.", host, finding.address);
    case "answer-page":
      return withPathHint(l10n.t("A web page is at this address of {0}, and no model.", host), finding.hasPath);
    case "answer-redirect":
      return l10n.t(
        "{0} redirects to {1}. Nothing was sent there. If that is the right server, take its address.",
        host,
        finding.target ?? l10n.t("another address"),
      );
    case "answer-late":
      return l10n.t("{0} took the question and did not answer within {1} s.", host, number(finding.limitMs / 1000));
    case "answer-cut":
      return l10n.t("{0} closes the connection without an answer. Something else may listen there.", host);
    case "answer-status":
      return l10n.t("{0} failed with status {1}. Its own log may say why.", host, finding.status);
    case "answer-foreign":
      return withPathHint(l10n.t("{0} answers, but not as a server of this kind does.", host), finding.hasPath);
    case "answer-no-ollama":
      return l10n.t(
        "{0} is no Ollama server. If it speaks like OpenAI's, give it a name of its own in pairwise.model.servers, and use that in front of the model.",
        host,
      );
  }
}

function withPathHint(what: string, hasPath: boolean): string {
  return hasPath ? what : [what, vscode.l10n.t("Its path may be missing, such as /v1.")].join(sentenceGap());
}

function keyWords(finding: KeyFinding): string {
  const { l10n } = vscode;
  switch (finding.kind) {
    case "key-not-needed":
      return l10n.t("None is stored, and none is asked for.");
    case "key-missing":
      return l10n.t("{0} asks for an API key and none is stored.", finding.host);
    case "key-stored":
      return finding.isProven
        ? l10n.t("{0} takes the stored key.", finding.host)
        : l10n.t("One is stored for {0}.", finding.host);
    case "key-mended":
      return finding.isRefused
        ? l10n.t(
            "The stored key had a space, a line break or a quotation mark in it. {0} refuses it also without.",
            finding.host,
          )
        : l10n.t(
            "The stored key had a space, a line break or a quotation mark in it, and is stored without from now on.",
          );
    case "key-several":
      return l10n.t("Several keys are stored for {0} one behind the other. Enter the one that is meant.", finding.host);
    case "key-refused":
      return [
        finding.end === undefined
          ? l10n.t("{0} refused the stored API key.", finding.host)
          : l10n.t("{0} refused the stored API key, which ends in {1}.", finding.host, finding.end),
        ...(finding.looksLike === undefined ? [] : [l10n.t("It looks like a key of {0}.", finding.looksLike)]),
        ...(finding.says === undefined ? [] : [l10n.t("The server says: “{0}”", finding.says)]),
      ].join(sentenceGap());
    case "key-unusable":
      return l10n.t("The stored key has letters that no key has. Enter it again.");
  }
}
