import type { Report } from '../engine/report.ts';
import type { FormatOptions } from './format-options.ts';

/** The formats for other programs, besides `json`. */
export type MachineFormat =
  | 'atlantis'
  | 'azure'
  | 'github'
  | 'gitlab'
  | 'jsonl'
  | 'junit'
  | 'markdown'
  | 'rdjson'
  | 'sarif';

/** The report in a format for other programs. Only the code of that format is loaded. */
export async function renderReport(
  format: MachineFormat,
  report: Report,
  options: FormatOptions,
): Promise<string> {
  switch (format) {
    case 'atlantis':
      return (await import('./atlantis.ts')).toAtlantis(report, options);
    case 'azure':
      return (await import('./azure.ts')).toAzure(report, options);
    case 'github':
      return (await import('./github.ts')).toGithub(report, options);
    case 'gitlab':
      return (await import('./gitlab.ts')).toGitlab(report, options);
    case 'jsonl':
      return (await import('./jsonl.ts')).toJsonl(report, options.version);
    case 'junit':
      return (await import('./junit.ts')).toJunit(report, options);
    case 'markdown':
      return (await import('./markdown.ts')).toMarkdown(report, options);
    case 'rdjson':
      return (await import('./rdjson.ts')).toRdjson(report, options);
    case 'sarif':
      return (await import('./sarif.ts')).toSarif(report, options);
  }
}
