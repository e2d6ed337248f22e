import { isLoopback } from './config-file.ts';
import type { Notes } from './evidence.ts';
import { internetHost } from './internet.ts';

/** Cmdlets and commands that start nothing that listens. */
const QUIET =
  /^(set-content|add-content|out-file|new-item|remove-item|copy-item|move-item|get-\w+|test-\w+|select-object|where-object|foreach-object|write-(host|output|verbose|error)|import-module|set-executionpolicy|start-sleep|set-netfirewall(rule|profile)|disable-netfirewallrule|new-netipaddress|set-netipinterface|netsh|iisreset|restart-service|start-service|set-service|new-webapppool|set-webconfigurationproperty|set-itemproperty|new-itemproperty|expand-archive|if|else|\{|\}|try|catch|param|function|return|exit|echo|mkdir|copy|move|del|cd|set|rem|net|sc|reg|tzutil|initialize-disk|new-partition|format-volume|install-packageprovider|install-module|rename-computer|add-computer|new-psdrive|out-null|join-path|\$\S*)$/i;

/** Notes what a script or command line of Windows means for ports. It reads cmdlets and their arguments, and runs nothing. */
export function readPowerShell(script: string, notes: Notes): void {
  for (const line of script.split(/[\r\n]+/)) {
    const inner = POWERSHELL.exec(line.trim())?.[1];
    if (inner === undefined) {
      for (const statement of line.split(/[;|]|&&|(?<=\s)&(?=\s)/)) {
        if (POWERSHELL.test(statement.trim())) readPowerShell(statement, notes);
        else readStatement(statement.trim(), notes);
      }
    } else if (SCRIPT_FILE.test(inner)) notes.program('runs a script file');
    else readPowerShell(inner.replace(OPTIONS, '').replace(/^\s*["']|["']\s*$/g, ''), notes);
  }
}

const POWERSHELL = /^(?:cmd(?:\.exe)?\s+\/c\s+|powershell(?:\.exe)?\s+|pwsh(?:\.exe)?\s+)(.*)$/is;
const SCRIPT_FILE = /(^|\s)-(e|ec|enc|encodedcommand|f|file)\s|\.(ps1|bat|cmd|bin)\b/i;
const OPTIONS =
  /^(\s*-(executionpolicy|ep|ex|version|windowstyle)\s+\S+|\s*-(noprofile|noninteractive|nologo|command|c)\b)+\s*/i;

function readStatement(line: string, notes: Notes): void {
  if (line === '' || line.startsWith('#')) return;
  const [name = ''] = /^[^\s(]+/.exec(line.replace(/^[{}(]+\s*/, '')) ?? [];
  for (const url of line.match(/https?:\/\/[^\s"')]+/g) ?? []) {
    const host = internetHost(url);
    if (
      host !== undefined &&
      /invoke-webrequest|iwr|invoke-restmethod|downloadfile|downloadstring|start-bitstransfer|curl|wget|choco|winget/i.test(
        line,
      )
    )
      notes.need(`downloads from ${host}`);
  }
  if (/^(install|add)-windowsfeature$/i.test(name)) {
    if (/\bweb-(server|webserver)\b/i.test(line))
      notes.claim(80, { source: 'package', evidence: 'Windows feature Web-Server' });
    else if (!/\b(web-[\w-]+|failover-clustering|telnet-client|rsat[\w-]*|net-framework[\w-]*)\b/i.test(line))
      notes.program('installs a Windows feature');
    return;
  }
  if (/^new-netfirewallrule$/i.test(name)) {
    for (const [, ports = ''] of line.matchAll(/-LocalPort\s+([\d,\s"']+)/gi))
      for (const port of ports.match(/\d+/g) ?? [])
        notes.claim(Number(port), {
          source: 'firewall',
          protocol: /udp/i.test(line) ? 'udp' : 'tcp',
          evidence: line,
        });
    return;
  }
  if (/\bportproxy\b/i.test(line)) {
    notes.program('redirects ports');
    return;
  }
  if (/^(new-website|new-webbinding|new-iissite|set-webbinding|new-iissitebinding)$/i.test(name)) {
    const port = /-Port\s+(\d+)/i.exec(line)?.[1] ?? /(?<![\d.*])([\d.*]*):(\d+):/.exec(line)?.[2];
    const address = /-IPAddress\s+["']?([\w.:*]+)/i.exec(line)?.[1];
    if (port === undefined) {
      notes.program('binds a web site to a port that is not known');
      return;
    }
    notes.claim(Number(port), {
      source: 'bind',
      scope: isLoopback(address) ? 'loopback' : 'any',
      evidence: line,
    });
    return;
  }
  if (/^(invoke-webrequest|invoke-restmethod|iwr|start-bitstransfer|curl|wget)(\.exe)?$/i.test(name)) return;
  if (!QUIET.test(name)) notes.program(`runs \`${name}\``);
}
