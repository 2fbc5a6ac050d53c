// Between the page and the authenticator: asks the server for a challenge, puts the answer into the form, sends the form.
const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer ?? [])))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

class Refused extends Error {}

const options = async form => {
  const answer = await fetch(`${form.getAttribute('action')}/options`, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  if (!answer.headers.get('Content-Type')?.includes('json')) return location.reload();
  const body = await answer.json();
  if (!answer.ok) throw new Refused(body.fault);
  body.challenge = bytes(body.challenge);
  return body;
};

const send = (form, fields) => {
  for (const [name, buffer] of Object.entries(fields)) form.elements[name].value = text(buffer);
  if (form.elements.currentPassword) form.elements.currentPassword.value = '';
  form.submit();
};

const create = async form => {
  const publicKey = await options(form);
  if (!publicKey) return;
  publicKey.user.id = bytes(publicKey.user.id);
  for (const known of publicKey.excludeCredentials) known.id = bytes(known.id);
  const { response } = await navigator.credentials.create({ publicKey });
  send(form, { clientData: response.clientDataJSON, attestation: response.attestationObject });
};

let offer = new AbortController();

const get = async (form, more = {}) => {
  const publicKey = await options(form);
  if (!publicKey) return;
  const { rawId, response } = await navigator.credentials.get({ publicKey, ...more });
  send(form, {
    id: rawId, owner: response.userHandle, clientData: response.clientDataJSON,
    authenticatorData: response.authenticatorData, signature: response.signature,
  });
};

// Browsers that can offer passkeys in the e-mail field; anew before the challenge ends. Not right after a refusal: a
// passkey that was just refused would be offered again.
const offerInField = form => {
  offer.abort();
  offer = new AbortController();
  get(form, { mediation: 'conditional', signal: offer.signal }).catch(() => {});
};

const ask = { create, get };

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential || form.dataset.origin !== location.origin) continue;
  form.hidden = false;
  for (const instead of document.querySelectorAll('[data-passkey-instead]')) instead.hidden = true;
  const fault = form.querySelector('[role=alert]');
  const button = form.querySelector('[type=submit]');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    offer.abort();
    fault.hidden = true;
    button.disabled = true;
    try {
      await ask[form.dataset.passkey](form);
    } catch (failure) {
      const known = failure.name === 'InvalidStateError' ? form.dataset.known : undefined;
      fault.textContent = (failure instanceof Refused ? failure.message : known) || form.dataset.failed;
      fault.hidden = false;
    }
    button.disabled = false;
  });
  const offers = form.dataset.passkey === 'get' && location.pathname !== form.getAttribute('action');
  if (offers && await PublicKeyCredential.isConditionalMediationAvailable?.()) {
    offerInField(form);
    setInterval(() => offer.signal.aborted || offerInField(form), 4 * 60 * 1000);
  }
}
