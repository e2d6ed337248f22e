import { createRequire } from 'node:module';
import type * as BicepTypes from '@azure/bicep-types';

export type BicepTypesLibrary = typeof BicepTypes;

let library: BicepTypesLibrary | undefined;

/**
 * `@azure/bicep-types`, loaded when it is first needed: most runs check no resource body, and start-up matters. The
 * package is CommonJS, so it can be loaded without waiting.
 */
export function bicepTypes(): BicepTypesLibrary {
  if (library === undefined) {
    const require = createRequire(import.meta.url);
    library = require('@azure/bicep-types') as BicepTypesLibrary;
  }
  return library;
}
