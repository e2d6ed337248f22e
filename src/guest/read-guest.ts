import type { Carrier, Image, Machine } from '../model/azure/virtual-machine.ts';
import type { Origin } from '../text/origin.ts';
import { asItems, asNumber, asText, field, type Value } from '../value/value.ts';
import { decodeBase64, embeddedTexts } from './decode.ts';
import type { Claim, HealthCheck, InternetNeed, Notes, Opacity } from './evidence.ts';
import { type FlatText, flatten, holesIn, isWord } from './flat-text.ts';
import { internetHost } from './internet.ts';
import { isGenericPublisher } from './known-servers.ts';
import { certainNeeds, MIRROR, type Need, PROXY } from './needs.ts';
import { quoteText } from './quote.ts';
import { createReader, type Reader } from './start-text.ts';

/** A text that a machine is given, for those who look for words in it. */
export interface GuestText extends FlatText {
  /** `custom data`, `user data`, `extension settings`, `run command` */
  readonly carrier: string;
  readonly origin: Origin;
}

/** What the code shows of the inside of a machine. Nothing is executed. */
export interface GuestEvidence {
  readonly machine: Machine;
  readonly texts: readonly GuestText[];
  readonly claims: readonly Claim[];
  /** Why there may be more than the claims; empty when everything can be read. */
  readonly opacity: readonly Opacity[];
  readonly needs: readonly InternetNeed[];
  readonly healthChecks: readonly HealthCheck[];
  /** Whether the image is one of a platform, which starts nothing of its own. */
  readonly isGenericImage: boolean;
}

/** Reads all texts a machine is given. What cannot be read, or starts something unknown, is opacity. */
export function readGuest(machine: Machine): GuestEvidence {
  const claims: Claim[] = [];
  const opacity: Opacity[] = [];
  const needs: Need[] = [];
  const hiddenIn = new Set<string>();
  const texts: GuestText[] = [];
  const healthChecks: HealthCheck[] = [];
  let at: { readonly carrier: string; readonly origin: Origin; readonly sensitive: boolean } = {
    carrier: '',
    origin: machine.origin,
    sensitive: false,
  };

  const notes: Notes = {
    claim: (port, { source, protocol = 'tcp', scope = 'any', evidence }) => {
      if (port < 1 || port > 65_535) return;
      const confidence = source === 'bind' || source === 'health' ? 'high' : 'medium';
      const shown = at.sensitive && !isPlain(evidence) ? undefined : quoteText(evidence);
      const { carrier, origin } = at;
      claims.push({ port, protocol, scope, source, confidence, origin, carrier, evidence: shown });
    },
    program: (because) =>
      opacity.push({
        kind: 'program',
        because: at.sensitive ? 'runs a program' : quoteText(because),
        origin: at.origin,
      }),
    hidden: (because, waitsFor) => {
      hiddenIn.add(at.carrier);
      opacity.push({
        kind: 'hidden',
        because: at.sensitive ? 'content that is secret' : quoteText(because),
        origin: at.origin,
        ...(waitsFor === undefined ? {} : { waitsFor }),
      });
    },
    need: (what) =>
      needs.push({
        what: at.sensitive && !isPlain(what) ? 'fetches something from the internet' : quoteText(what),
        origin: at.origin,
        carrier: at.carrier,
        afterProgram: opacity.some(({ kind }) => kind === 'program'),
      }),
  };
  const reader = createReader(notes);

  function read(
    carrier: string,
    value: Value,
    encoded: boolean,
    then: (text: string, reader: Reader) => void,
  ): void {
    if (value.kind === 'absent') return;
    const flat = flatten(value, encoded);
    // A text around something unknown has the place of that part.
    const isPutTogether = value.kind === 'unknown' && value.parts !== undefined;
    const origin = isPutTogether ? machine.origin : value.origin;
    at = { carrier, origin, sensitive: flat?.sensitive === true };
    if (flat === undefined) {
      notes.hidden(`the ${carrier} cannot be read`);
      return;
    }
    texts.push({ ...flat, text: `${flat.text}\n${embeddedTexts(flat.text)}`, carrier, origin });
    const [hole] = flat.holes.filter((each) => !isWord(each));
    if (hole !== undefined) notes.hidden(`a part of the ${carrier} is not known`, hole);
    if (flat.text !== holesIn(flat, () => true)[0]) then(flat.text, reader);
  }

  for (const carrier of machine.carriers) {
    readCarrier(carrier);
    // What one instance serves says nothing of the others.
    if (carrier.ofOneInstance) notes.program('one instance runs more than the others');
  }
  const isGenericImage = readImage(machine.image);
  for (const waitsFor of machine.more) {
    hiddenIn.add('what may be attached');
    opacity.push({
      kind: 'hidden',
      because: 'more may be attached to the machine',
      origin: machine.origin,
      waitsFor,
    });
  }

  function readCarrier(carrier: Carrier): void {
    at = { carrier: CARRIERS[carrier.kind], origin: carrier.origin, sensitive: false };
    switch (carrier.kind) {
      case 'custom-data':
      case 'user-data': {
        read(at.carrier, carrier.value, true, (text) =>
          isWindows(machine) ? reader.windows(text) : reader.startText(text),
        );
        return;
      }
      case 'run-command': {
        runCommand(carrier.source);
        return;
      }
      case 'gallery-application': {
        notes.hidden('a gallery application is installed');
        return;
      }
      case 'extension': {
        extension(carrier);
        return;
      }
    }
  }

  function runCommand(source: Value): void {
    if (source.kind === 'unknown') {
      notes.hidden('the run command is not known', source);
      return;
    }
    const script = field(source, 'script');
    read('run command', script, false, (text) =>
      isWindows(machine) ? reader.windows(text) : reader.shell(text),
    );
    if (script.kind === 'absent') notes.hidden('a run command takes its script from elsewhere');
  }

  function extension({
    publisher,
    type,
    settings,
    protectedSettings,
    origin,
  }: Carrier & { kind: 'extension' }): void {
    for (const text of leavesOf(settings)) collect(text, 'extension settings', false);
    for (const text of leavesOf(protectedSettings)) collect(text, 'protected settings', true);
    for (const part of [publisher, type]) {
      if (part.kind !== 'unknown') continue;
      notes.hidden('the type of an extension is not known', part);
      return;
    }
    const kind = type.kind === 'known' ? type.value.toLowerCase() : '';
    if (/^applicationhealth(linux|windows)$/.test(kind)) {
      health(settings, origin);
      return;
    }
    if (QUIET_EXTENSIONS.test(kind)) return;
    if (!isEmpty(protectedSettings)) notes.hidden('protected settings cannot be read');
    if (!/^customscript(extension|forlinux)?$/.test(kind)) {
      notes.hidden(`the extension \`${kind}\` may start anything`);
      return;
    }
    if (settings.kind === 'unknown') {
      notes.hidden('the settings of an extension are not known', settings);
      return;
    }
    const files = field(settings, 'fileUris');
    for (const { kind, value } of asItems(files).items.flatMap((item) =>
      item.kind === 'known' ? [item] : [],
    )) {
      const host = kind === 'known' ? internetHost(String(value)) : undefined;
      if (host !== undefined) notes.need(`downloads from ${host}`);
    }
    if (!isEmpty(files)) notes.hidden('the files an extension downloads cannot be read');
    const isForWindows = kind === 'customscriptextension';
    read('extension settings', field(settings, 'commandToExecute'), false, (text) =>
      isForWindows ? reader.windows(text) : reader.shell(text),
    );
    read('extension settings', field(settings, 'script'), true, (text) => reader.shell(text));
  }

  /** Settings that nothing runs can hold addresses all the same. */
  function collect(value: Value, carrier: string, isProtected: boolean): void {
    const flat = flatten(value, false);
    if (flat === undefined || texts.some(({ origin, text }) => origin === value.origin && text === flat.text))
      return;
    const decoded = flat.holes.length === 0 ? decodeBase64(flat.text) : undefined;
    const sensitive = isProtected || flat.sensitive;
    texts.push({ ...flat, sensitive, text: decoded ?? flat.text, carrier, origin: value.origin });
  }

  function health(settings: Value, origin: Origin): void {
    const protocol = asText(field(settings, 'protocol'));
    const port = asNumber(field(settings, 'port'));
    const path = asText(field(settings, 'requestPath'));
    const name = protocol.kind === 'known' ? protocol.value.toLowerCase() : undefined;
    const standard = name === 'http' ? 80 : name === 'https' ? 443 : undefined;
    const isSecret = [port, path].some((value) => value.kind === 'known' && value.sensitive);
    const number =
      isSecret || port.kind === 'unknown' ? undefined : port.kind === 'known' ? port.value : standard;
    healthChecks.push({
      port: number,
      protocol: name,
      path: isSecret || path.kind === 'unknown' ? undefined : path.kind === 'known' ? path.value : '',
      origin: port.kind === 'known' ? port.origin : origin,
    });
    if (number !== undefined)
      notes.claim(number, { source: 'health', evidence: 'application health extension' });
  }

  function readImage({ publisher, id, plan }: Image): boolean {
    at = { carrier: 'image', origin: machine.origin, sensitive: false };
    const isPlatform = publisher.kind === 'known' && isGenericPublisher(publisher.value);
    if (plan.kind !== 'absent') notes.hidden('the image is bought in the marketplace');
    else if (id.kind !== 'none') notes.hidden('the image is a private one');
    else if (publisher.kind === 'unknown') notes.hidden('the image is not known', publisher);
    else if (!isPlatform) notes.hidden('the image brings software of its own');
    else return true;
    return false;
  }

  const surroundings = {
    isGenericImage,
    hasProxy: texts.some(({ text }) => PROXY.test(text)),
    hasMirror: texts.some(({ text }) => MIRROR.test(text)),
    hiddenIn,
  };
  return {
    machine,
    texts,
    claims,
    opacity,
    needs: certainNeeds(needs, surroundings),
    healthChecks,
    isGenericImage,
  };
}

const CARRIERS: Readonly<Record<Carrier['kind'], string>> = {
  'custom-data': 'custom data',
  'user-data': 'user data',
  'run-command': 'run command',
  'gallery-application': 'gallery application',
  extension: 'extension settings',
};

/** Extensions that watch, sign in or protect, and start nothing that answers clients. */
const QUIET_EXTENSIONS =
  /^(azuremonitor(linux|windows)agent|omsagentforlinux|microsoftmonitoringagent|dependencyagent(linux|windows)|aad(ssh)?loginfor(linux|windows)|networkwatcheragent(linux|windows)|keyvaultfor(linux|windows)|configurationfor(linux|windows)|iaasantimalware|azurediskencryption(forlinux)?|vmaccess(agent|forlinux)|jsonaddomainextension|bginfo|linuxdiagnostic|iaasdiagnostics|vmsnapshot(linux)?|mde\.(linux|windows)|guestattestation|azurepolicyfor(linux|windows)|monitoringagent|(linux|windows)(os)?patchextension|azuresecurity(linux|windows)agent)$/;

function isWindows({ image }: Machine): boolean {
  if (image.osType.kind === 'known') return image.osType.value.toLowerCase() === 'windows';
  return image.publisher.kind === 'known' && /windows/i.test(image.publisher.value);
}

function isEmpty(value: Value): boolean {
  if (value.kind === 'object') return value.fields.size === 0 && value.more === undefined;
  if (value.kind === 'list') return value.items.length === 0 && value.more === undefined;
  return value.kind === 'absent' || (value.kind === 'known' && value.value === '');
}

/** Every text in a value. */
function leavesOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'object':
      return [...value.fields.values()].flatMap(leavesOf);
    case 'list':
      return value.items.flatMap(leavesOf);
    case 'known':
      return typeof value.value === 'string' ? [value] : [];
    case 'unknown':
      return [value];
    default:
      return [];
  }
}

/** Words of ours, which reveal nothing of a secret text. */
function isPlain(text: string): boolean {
  return text === 'installs packages' || /^(package|Windows feature|application health) [\w-]+$/.test(text);
}
