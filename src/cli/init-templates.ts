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

/** The hook as an item of the list \`repos\` of pre-commit. */
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
 * A workflow for pull requests. \`from\` is \`dependency\` where the package.json of the repository installs Portcullis, else
 * the version to install. It has no filter for paths: a required check that a filter skips blocks the merge.
 */
export function workflowTemplate(from: string): string {
  const [install, run] =
    from === 'dependency'
      ? ['npm ci --ignore-scripts', 'npx --no-install portcullis']
      : [`npm install --global --ignore-scripts portcullis@${from}`, 'portcullis'];
  return `name: portcullis
on: pull_request

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # --base and diff look at the commit that both branches have in common
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: ${install}
      - name: What the pull request changes
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
        run: ${run} diff "$BASE..." --fail-on never --format markdown >> "$GITHUB_STEP_SUMMARY"
      - name: New findings
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
        run: ${run} check --base "$BASE" --format github
`;
}
