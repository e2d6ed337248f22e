import { type GuestEvidence, readGuest } from '../../src/guest/read-guest.ts';
import { machines } from '../../src/model/azure/virtual-machine.ts';
import { modelOf } from './arm-model.ts';

export const UBUNTU = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };
export const WINDOWS = {
  publisher: 'MicrosoftWindowsServer',
  offer: 'WindowsServer',
  sku: '2022-datacenter',
};

export function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** An extension of a machine named `vm`. */
export interface TestExtension {
  readonly publisher: string;
  readonly type: string;
  readonly settings?: unknown;
  readonly protectedSettings?: unknown;
}

/** What is read of a machine with these properties and extensions; it starts from Ubuntu unless they say otherwise. */
export function guestWith(
  properties: Readonly<Record<string, unknown>>,
  ...extensions: readonly TestExtension[]
): GuestEvidence {
  const model = modelOf(
    {
      type: 'virtualMachines',
      name: 'vm',
      properties: { storageProfile: { imageReference: UBUNTU }, ...properties },
    },
    ...extensions.map((extension, index) => ({
      type: 'virtualMachines/vm/extensions',
      name: `extension${index}`,
      parent: '/microsoft.compute/virtualmachines/vm',
      properties: extension,
    })),
  );
  const [machine] = machines(model);
  if (machine === undefined) throw new Error('the model has no machine');
  return readGuest(machine);
}

/** What is read of custom data on Ubuntu. */
export function guestOfText(text: string): GuestEvidence {
  return guestWith({ osProfile: { customData: encode(text) } });
}

/** The claims as short texts: `80`, `udp/53`, `127.0.0.1:8080`, with the source unless it is a bind. */
export function claimsOf({ claims }: GuestEvidence): readonly string[] {
  return claims.map(({ port, protocol, scope, source }) => {
    const place = `${protocol === 'udp' ? 'udp/' : ''}${scope === 'loopback' ? '127.0.0.1:' : ''}${port}`;
    return source === 'bind' ? place : `${place} ${source}`;
  });
}

export function reasonsOf({ opacity }: GuestEvidence): readonly string[] {
  return opacity.map(({ because }) => because);
}
