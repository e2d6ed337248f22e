import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const RULE = '='.repeat(80);

/** The Go modules inside the WebAssembly of hcl2json, with their licences as of the versions there. */
const GO_MODULES = {
  'github.com/agext/levenshtein': ['Apache-2.0', 'Copyright 2016 ALRUX Inc.'],
  'github.com/apparentlymart/go-textseg/v15': ['MIT', 'Copyright (c) 2017 Martin Atkins'],
  'github.com/hashicorp/hcl/v2': ['MPL-2.0', 'Copyright (c) HashiCorp, Inc.'],
  'github.com/mitchellh/go-wordwrap': ['MIT', 'Copyright (c) 2014 Mitchell Hashimoto'],
  'github.com/tmccombs/hcl2json': ['Apache-2.0', 'Copyright Thayne McCombs'],
  'github.com/zclconf/go-cty': ['MIT', 'Copyright (c) 2017-2025 Martin Atkins and other contributors'],
  'golang.org/x/text': ['BSD-3-Clause', 'Copyright (c) 2009 The Go Authors'],
};

const MPL = `Files under MPL-2.0 are subject to the terms of the Mozilla Public License, v. 2.0, which can be obtained at
https://mozilla.org/MPL/2.0/. Their source is at the addresses above; nothing of it has been changed.`;

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const BSD = `Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

   * Redistributions of source code must retain the above copyright notice, this list of conditions and the following
     disclaimer.
   * Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
     disclaimer in the documentation and/or other materials provided with the distribution.
   * Neither the name of Google Inc. nor the names of its contributors may be used to endorse or promote products derived
     from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF
THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`;

/**
 * The licences of everything that is bundled: of the packages in these folders below `root`, and of what is compiled into
 * the WebAssembly of hcl2json. Throws for a part whose licence is not known, so that none is left out.
 */
export function thirdPartyText(root, folders) {
  const wasm = gunzipSync(readFileSync(path.join(root, 'node_modules/@cdktf/hcl2json/main.wasm.gz')));
  const apache = readFileSync(path.join(root, 'node_modules/typescript/LICENSE'), 'utf8');
  return [
    'Portcullis contains the following software. Each part stays under its own licence.',
    ...folders.map((folder) => packageText(path.join(root, folder))),
    `The WebAssembly of @cdktf/hcl2json contains:\n\n${goModules(wasm).join('\n')}\n\n${MPL}`,
    `The MIT licence\n\n${MIT}`,
    `The BSD 3-Clause licence\n\n${BSD}`,
    `The Apache licence\n\n${apache.trim()}`,
  ]
    .join(`\n\n${RULE}\n`)
    .concat('\n');
}

function packageText(folder) {
  const { name, version, license, repository } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const address = typeof repository === 'string' ? repository : repository?.url;
  const head = [`${name} ${version} (${license})`, ...(address === undefined ? [] : [address])].join('\n');
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry));
  if (file !== undefined)
    return `${head}\n\n${readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}`;
  if (license === 'MPL-2.0') return `${head}\n\n${MPL}`;
  throw new Error(`${name} brings no licence`);
}

/** What the Go linker writes into every binary: the version of Go and `dep` lines. */
function goModules(wasm) {
  const text = wasm.toString('latin1');
  const [go] = /go1\.\d+(?:\.\d+)?/.exec(text) ?? [];
  const modules = [...text.matchAll(/\ndep\t(\S+)\t(\S+)\t/g)];
  if (go === undefined || modules.length === 0)
    throw new Error('the WebAssembly does not say what it contains');
  return [
    `${go} runtime and standard library (BSD-3-Clause), Copyright (c) 2009 The Go Authors, https://go.dev`,
    ...modules.map(([, name, version]) => {
      const [licence, copyright] = GO_MODULES[name] ?? [];
      if (licence === undefined) throw new Error(`the licence of the Go module ${name} is not known`);
      return `${name} ${version} (${licence}), ${copyright}, https://pkg.go.dev/${name}`;
    }),
  ];
}
