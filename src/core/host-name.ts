/** What can be the name of a server: a DNS or NetBIOS name, no address and no word that people and tools give to folders. */
const ordinary =
  /^(?:evidence|logs?|logging|iis|exchange|case|cases|collection|collections|collected|data|files?|export|exports|uploads?|server|servers|in|out|output|tmp|temp|zip|archive|backup|triage|kape|cylr|velociraptor|localhost|unknown|root|[a-z]|\d[\d_.T:-]*Z?)$/i;

export const hostName = (name: string): string | null =>
  name.length <= 253 &&
  /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_-]{1,63})*$/.test(name) &&
  !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) &&
  !ordinary.test(name)
    ? name
    : null;
