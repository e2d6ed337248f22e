/** What the command line touches of the world besides files. */
export interface Io {
  /** The report, and nothing else. */
  readonly stdout: (text: string) => void;
  /** Everything that is not the report. */
  readonly stderr: (text: string) => void;
  readonly stdoutIsTerminal: boolean;
  /** Left out where nobody looks at it. */
  readonly stderrIsTerminal?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory of the process. */
  readonly cwd: string;
  /** All of standard input. Throws what reading a file throws. */
  readonly readStdin: () => Uint8Array;
}
