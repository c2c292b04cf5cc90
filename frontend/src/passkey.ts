// How does a passkey sign? The browser asks its owner, and what it answers goes with the form.
//
// Without scripts the form stays away and a sentence says why; every account can be reached in another way.

const FORM = "form[data-passkey]";
const NUMBER = /^[\d.]+$|^\[/; // an IP address: browsers tie passkeys to names alone

type Json = Record<string, unknown>;
type Described = { id: string };
type Options = { publicKey: Json & { challenge: string; user?: Json & { id: string } } };

document.querySelectorAll<HTMLElement>("[data-passkey-box]").forEach(open);

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const field = form.matches(FORM) ? form.elements.namedItem("credential") : null;
  if (!(field instanceof HTMLInputElement) || field.value) return;
  event.preventDefault();
  trouble(form, false);
  ceremony(form).then(
    (credential) => {
      field.value = JSON.stringify(credential);
      form.submit();
    },
    () => trouble(form, true),
  );
});

/** Show the form where passkeys can work, or the sentence that says why they cannot. */
function open(box: HTMLElement): void {
  const number = NUMBER.test(location.hostname);
  const able = !number && "PublicKeyCredential" in window;
  toggle(box, FORM, able);
  toggle(box, "[data-passkey-without]", !able && !number);
  toggle(box, "[data-passkey-number]", number);
  const named = box.querySelector<HTMLAnchorElement>("[data-passkey-named]");
  if (named) named.href = Object.assign(new URL(location.href), { hostname: "localhost" }).href;
}

async function ceremony(form: HTMLFormElement): Promise<Json> {
  const { publicKey } = await optionsOf(form);
  const asked = form.dataset.passkey === "create" ? navigator.credentials.create(creation(publicKey)) : navigator.credentials.get(request(publicKey));
  return written((await asked) as PublicKeyCredential);
}

async function optionsOf(form: HTMLFormElement): Promise<Options> {
  const from = form.dataset.optionsFrom;
  if (!from) return JSON.parse(document.getElementById("passkey-options")?.textContent ?? "") as Options;
  const answer = await fetch(from, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { request_options: Options }).request_options;
}

function creation(asked: Options["publicKey"]): CredentialCreationOptions {
  const user = { ...asked.user, id: bytes(asked.user?.id ?? "") };
  const publicKey = { ...asked, user, challenge: bytes(asked.challenge), excludeCredentials: listed(asked.excludeCredentials) };
  return { publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions };
}

function request(asked: Options["publicKey"]): CredentialRequestOptions {
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: listed(asked.allowCredentials) };
  return { publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions };
}

function listed(credentials: unknown): Json[] {
  return ((credentials as Described[] | undefined) ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

/** As JSON, every run of bytes in base64url: what the server reads (WebAuthn level 3, 5.1). */
function written(credential: PublicKeyCredential): Json {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const;
  const filled = parts.map((name) => [name, (response as unknown as Record<string, ArrayBuffer | null>)[name]] as const);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(filled.filter(([, part]) => part).map(([name, part]) => [name, text(part as ArrayBuffer)])),
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function bytes(base64url: string): Uint8Array {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function trouble(form: HTMLFormElement, is: boolean): void {
  toggle(form, "[data-passkey-trouble]", is);
}

function toggle(within: HTMLElement, selector: string, shown: boolean): void {
  const part = within.querySelector<HTMLElement>(selector);
  if (part) part.hidden = !shown;
}
