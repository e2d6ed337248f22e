#!/bin/sh
# .git/hooks/pre-commit: checks what is staged, whatever lies beside it in the working tree.
set -eu
git diff --cached --quiet -- '*.bicep' '*.bicepparam' '*.tf' '*.tofu' '*.tfvars' '*.tftpl' '*.json' '*.yaml' '*.yml' && exit 0
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
git checkout-index --all --prefix="$staged/"
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
cd "$staged"
portcullis check
