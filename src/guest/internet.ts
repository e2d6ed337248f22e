/** Addresses, whose place nobody can tell, and hosts that a machine reaches without a way to the internet, or may reach through endpoints of its network. */
const NEAR =
  /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|168\.63\.129\.16|\[|.*\.(internal|local|lan|corp|privatelink\.[\w.]+|azurecr\.io|vault\.azure\.net|core\.windows\.net|database\.windows\.net|azure\.net|azure\.com)$|[\d.]+$|[^.]+$)/i;

/** The host of an URL on the internet, when it certainly is one. */
export function internetHost(url: string): string | undefined {
  const match = /^(?:https?|ftp|git|ssh):\/\/(?:[^/@\s]*@)?([A-Za-z0-9.-]+)(?::\d+)?(?:[/?#]|$)/.exec(url);
  const host = match?.[1]?.toLowerCase();
  return host === undefined || host.length > 253 || NEAR.test(host) ? undefined : host;
}
