#!/bin/sh
# The agent's hook terraform-post-plan: the run fails unless the gate says yes.
# PORTCULLIS_PLAN is where the agent keeps the saved plan.
set -eu
terraform show -json "${PORTCULLIS_PLAN:?the path of the saved plan}" > portcullis-plan.json
portcullis gate portcullis-plan.json
