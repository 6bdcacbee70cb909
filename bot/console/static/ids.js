// Every deed has an id of its own, so that one that is sent twice counts once.
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
