import { runAction } from './action/run-action.ts';

process.exitCode = await runAction({
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdoutIsTerminal: false,
  env: process.env,
  cwd: process.cwd(),
  readStdin: () => new Uint8Array(),
});
