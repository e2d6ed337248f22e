import type { Report } from '../engine/report.ts';
import type { FormatOptions } from './format-options.ts';

/** The formats for other programs, besides `json`. */
export type MachineFormat = 'github' | 'markdown' | 'sarif';

/** The report in a format for other programs. Only the code of that format is loaded. */
export async function renderReport(
  format: MachineFormat,
  report: Report,
  options: FormatOptions,
): Promise<string> {
  switch (format) {
    case 'github':
      return (await import('./github.ts')).toGithub(report, options);
    case 'markdown':
      return (await import('./markdown.ts')).toMarkdown(report, options);
    case 'sarif':
      return (await import('./sarif.ts')).toSarif(report, options);
  }
}
