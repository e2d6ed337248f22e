#!/usr/bin/env node
import path from 'node:path';
import { runCached } from './cli/run-cached.ts';

/** The bundled command line beside this file; the build writes its name here. */
declare const PROGRAM: string;

runCached(path.join(import.meta.dirname, PROGRAM));
