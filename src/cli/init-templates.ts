/** Files that commits may change without changing an answer need no run: this is what Portcullis reads. */
const FILES = '(\\.bicep|\\.bicepparam|\\.tf|\\.tofu|\\.tfvars|\\.json|\\.jsonc)$|(^|/)portcullis\\.ya?ml$';

/** A configuration that says what holds without one, with examples of everything else. `schema` is for editors. */
export function configTemplate(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# Portcullis uses the nearest portcullis.yaml from the current directory upwards to the root of the repository.
# Options of the command line come before it, and PORTCULLIS_FAIL_ON and PORTCULLIS_STRICT of the environment.
version: 1

# Violations from this severity on end with exit code 1: error, warning, info or never.
failOn: error

# true: unknown answers and what could not be read end with exit code 4.
strict: false

# A severity for a policy, or off; "portcullis policies" lists them.
# policies:
#   single-member-pool: off
#   rule-without-probe: error

# Who sends packets besides the internet and the virtual network.
# clients:
#   - name: office
#     addresses: [198.51.100.0/24]

# What templates are deployed to, where the code does not say it.
# azure:
#   subscription: 00000000-0000-0000-0000-000000000000
#   resourceGroup: rg-web
#   location: westeurope

# Paths that are not looked at, from here: * stands for a part of a name, ** for folders.
# exclude: ["**/samples", legacy/network]

# Known findings that are not reported again; "portcullis baseline create" writes the file.
# baseline: portcullis-baseline.json

# Findings that are accepted, with a reason and perhaps the last day on which that holds.
# suppressions:
#   - policy: members-without-egress
#     subject: lb-db/pool-db
#     until: "2027-06-30"
#     reason: the database installs nothing
`;
}

/** The hook as an item of the list `repos` of pre-commit. */
export function preCommitTemplate(): string {
  return `  - repo: local
    hooks:
      - id: portcullis
        name: Azure load balancer reachability
        entry: portcullis check
        language: system
        files: '${FILES}'
        exclude: '(^|/)\\.terraform/'
        pass_filenames: false
        require_serial: true
`;
}

/**
 * A workflow for pull requests. `version` is what to install where the package.json of the repository does not name
 * Portcullis. It has no filter for paths: a required check that a filter skips blocks the merge.
 */
export function workflowTemplate(version: string | undefined): string {
  const run = version === undefined ? 'npx --no-install portcullis' : 'portcullis';
  const install =
    version === undefined
      ? '      - run: npm ci --ignore-scripts\n'
      : `      # Write the owner of your copy of Portcullis for <owner>.
      - run: npm install --global --ignore-scripts 'git+https://github.com/<owner>/portcullis.git#v${version}'
`;
  return `name: portcullis
on: [pull_request, merge_group]

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    env:
      BASE: \${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # what was there before is read from the commit that both branches have in common
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 24
${install}      - name: What the pull request changes
        run: ${run} diff "$BASE..." --fail-on never --format markdown >> "$GITHUB_STEP_SUMMARY"
      - name: New findings
        run: ${run} check --base "$BASE" --format github
`;
}
